/**
 * V8's limit is for the JavaScript heap only. WebAssembly memory grows outside it, so growth itself is refused:
 * `WebAssembly.Memory.grow` may fail by its specification (https://webassembly.github.io/spec/js-api/#dom-memory-grow), and
 * Emscripten turns that failure into a failed allocation.
 */
const WASM_PAGE_BYTES = 65_536;

export interface WasmMemoryLimit {
  /** Whether a growth has been refused since the last call. */
  takeRefused(): boolean;
}

/** Refuses, in this process, any growth of a WebAssembly memory beyond `limitMb`. */
export const limitWasmMemory = (limitMb: number): WasmMemoryLimit => {
  const grow = WebAssembly.Memory.prototype.grow;
  let refused = false;
  WebAssembly.Memory.prototype.grow = function growWithinLimit(this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * WASM_PAGE_BYTES > limitMb * 1024 * 1024) {
      refused = true;
      throw new RangeError('WebAssembly memory limit reached');
    }
    return grow.call(this, pages);
  };
  return {
    takeRefused() {
      const was = refused;
      refused = false;
      return was;
    },
  };
};
