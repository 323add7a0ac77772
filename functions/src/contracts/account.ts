/** Who asks, and for which organisation. Every user, the anonymous visitor too, has a personal organisation. */
import * as z from 'zod';
import { TimeSchema } from './work.ts';

export const RoleSchema = z.enum(['owner', 'admin', 'member', 'viewer']);

/** `users/{uid}`. */
export const UserSchema = z.object({ uid: z.string(), orgId: z.string(), createdAt: TimeSchema });
export type User = z.infer<typeof UserSchema>;

/** `orgs/{orgId}`. */
export const OrganisationSchema = z.object({
  orgId: z.string(),
  name: z.string(),
  personal: z.boolean(),
  createdAt: TimeSchema,
});
export type Organisation = z.infer<typeof OrganisationSchema>;

/** `orgs/{orgId}/members/{uid}`. */
export const MemberSchema = z.object({ uid: z.string(), role: RoleSchema, joinedAt: TimeSchema });
export type Member = z.infer<typeof MemberSchema>;

/** What an identity provider says of a request. */
export interface Identity {
  uid: string;
  anonymous: boolean;
  email?: string;
}

/** Identity and organisation: what an operation runs for. */
export interface Principal extends Identity {
  orgId: string;
  role: z.infer<typeof RoleSchema>;
}

/** As the API shows it to the one who asks. */
export const AccountViewSchema = z.object({
  uid: z.string(),
  orgId: z.string().describe('In Firestore everything of the organisation stands below `orgs/{orgId}`.'),
  role: RoleSchema,
  anonymous: z.boolean().describe('True for a visitor without an account.'),
  email: z.string().optional(),
  retentionDays: z.int().positive().describe('Days after its upload at which a document and its results are erased.'),
  uploadLimits: z
    .object({
      pdfBytes: z.int().positive(),
      officeBytes: z.int().positive().describe('Of a Word or Excel file.'),
      textBytes: z.int().positive().describe('Of a text, Markdown, HTML or CSV file.'),
      otherBytes: z.int().positive().describe('Of an image.'),
    })
    .describe('The largest upload of each family of formats.'),
});
export type AccountView = z.infer<typeof AccountViewSchema>;

/** `audit/{id}`: who did what to which item. No names of files, no text. */
export const AuditEntrySchema = z.object({
  auditId: z.string(),
  orgId: z.string(),
  uid: z.string(),
  operation: z.string(),
  /** What the request named: conversion, run, … */
  subject: z.record(z.string(), z.string()),
  outcome: z.string(),
  requestId: z.string(),
  createdAt: TimeSchema,
  expiresAt: TimeSchema,
});
export type AuditEntry = z.infer<typeof AuditEntrySchema>;

/** `orgs/{orgId}/usage/{id}`: counted by create(), so the same work is counted once. */
export const UsageEventSchema = z.object({
  usageId: z.string(),
  orgId: z.string(),
  kind: z.enum(['pages_converted', 'pages_recognised', 'windows_analysed', 'model_tokens']),
  quantity: z.int().nonnegative(),
  subject: z.record(z.string(), z.string()),
  createdAt: TimeSchema,
});
export type UsageEvent = z.infer<typeof UsageEventSchema>;
