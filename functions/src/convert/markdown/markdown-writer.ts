/** Markdown text as it grows: pieces joined once at the end, with the offset known at every moment. */

export class MarkdownWriter {
  /** Length so far, in UTF-16 units. */
  offset = 0;
  readonly #pieces: string[] = [];
  /** What every new line starts with: indents of lists, marks of quotations. */
  #prefix = '';

  /** Text without line ends. */
  write(text: string): void {
    this.#pieces.push(text);
    this.offset += text.length;
  }

  /** Text whose lines each get the prefix. */
  writeLines(text: string): void {
    if (this.#prefix === '' || !text.includes('\n')) this.write(text);
    else {
      const empty = this.#prefix.trimEnd();
      const prefixed = (line: string, index: number) =>
        index === 0 ? line : line === '' ? empty : this.#prefix + line;
      this.write(text.split('\n').map(prefixed).join('\n'));
    }
  }

  /** Where a place in text stands once `writeLines` has put the prefix before each of its lines. */
  prefixed(text: string, at: number): number {
    if (this.#prefix === '') return at;
    return at + this.#prefix.length * (text.slice(0, at).split('\n').length - 1);
  }

  /** Ends the line and starts the next one. */
  newLine(): void {
    this.write(`\n${this.#prefix}`);
  }

  /** An empty line, without trailing spaces. */
  blankLine(): void {
    this.write(`\n${this.#prefix.trimEnd()}`);
  }

  /** Runs `body` with `addition` at the start of each line that begins in it. */
  indented(addition: string, body: () => void): void {
    const outer = this.#prefix;
    this.#prefix += addition;
    body();
    this.#prefix = outer;
  }

  toString(): string {
    return this.#pieces.join('');
  }
}
