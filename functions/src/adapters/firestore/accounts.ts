/** `users/{uid}`, `orgs/{orgId}` and `orgs/{orgId}/members/{uid}`. */
import { MemberSchema, OrganisationSchema, UserSchema } from '../../contracts/account.ts';
import type { AccountsRepository } from '../../repositories.ts';
import type { Connection } from './connection.ts';
import { createDocuments, createOnce } from './documents.ts';
import { memberPath, mustBePath, organisationPath, userPath } from './paths.ts';
import { toStored } from './stored-form.ts';

export const createAccounts = (connection: Connection): AccountsRepository => {
  const users = createDocuments(connection, UserSchema);
  const members = createDocuments(connection, MemberSchema);
  return {
    getUser: (uid) => users.get(userPath(uid)),
    getMember: (orgId, uid) => members.get(memberPath(orgId, uid)),
    createPersonal: (user, organisation, member) =>
      connection.call(({ db }) => {
        const batch = db.batch();
        const { orgId } = organisation;
        batch.create(db.doc(mustBePath(userPath(user.uid))), toStored(UserSchema, user));
        batch.create(db.doc(mustBePath(organisationPath(orgId))), toStored(OrganisationSchema, organisation));
        batch.create(db.doc(mustBePath(memberPath(orgId, member.uid))), toStored(MemberSchema, member));
        return createOnce(() => batch.commit());
      }),
  };
};
