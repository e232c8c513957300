// Calls every method with @grpc/grpc-js. usage: node client.cjs HOST:PORT KEY TENANT PROTOS
'use strict';
const assert = require('node:assert');
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [address, key, tenant, protos] = process.argv.slice(2);
const options = { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true, includeDirs: [protos] };
const load = name => grpc.loadPackageDefinition(loader.loadSync(path.join(protos, name), options));
const { authz } = load('authz_v1.proto');
const health = load('grpc_health_v1.proto').grpc.health.v1;

const insecure = grpc.credentials.createInsecure();
const decisions = new authz.v1.AuthorizationService(address, insecure);
const roles = new authz.v1.RoleService(address, insecure);
const metadata = more => {
  const all = new grpc.Metadata();
  for (const [name, value] of Object.entries({ authorization: `Bearer ${key}`, 'x-tenant-id': tenant, ...more })) all.set(name, value);
  return all;
};
const call = (client, method, message, more = {}, settings = {}) =>
  new Promise((resolve, reject) => client[method](message, metadata(more), settings, (error, reply) => (error ? reject(error) : resolve(reply))));
const refused = async (promise, code) => {
  try {
    await promise;
  } catch (error) {
    assert.strictEqual(error.code, code, error.message);
    return error;
  }
  assert.fail(`expected status ${code}`);
};
const value = text => ({ fields: { region: { stringValue: text } } });

async function main() {
  // unary
  const made = await call(roles, 'CreateRole', { name: 'clerk', permissions: ['invoices:read'], metadata: value('eu') });
  assert.strictEqual(made.name, 'clerk');
  assert.deepStrictEqual((await call(roles, 'GetRole', { role_id: 'clerk' })).id, made.id);
  const changed = await call(roles, 'UpdateRole', { role_id: made.id, name: 'clerk', permissions: ['invoices:*'], if_version: made.version });
  assert.deepStrictEqual(changed.permissions, ['invoices:*']);
  await call(roles, 'CreateRole', { name: 'chief', parents: [{ role_id: 'clerk' }] });
  assert.strictEqual((await call(roles, 'GetRoleHierarchy', { role_id: 'chief' })).ancestors[0].name, 'clerk');
  const given = await call(roles, 'AssignRole', { role_id: 'chief', user_id: 'alice', scope: value('eu') });
  assert.strictEqual(given.status, 'active');
  assert.strictEqual((await call(roles, 'GetUserRoles', { user_id: 'alice' })).items.length, 1);
  const question = { user: 'alice', permission: 'invoices:read', resource: { properties: value('eu') } };
  const answer = await call(decisions, 'Evaluate', question);
  assert.deepStrictEqual([answer.decision, answer.reason, answer.matched_role], [true, 'granted', 'chief']);
  assert.strictEqual((await call(decisions, 'Evaluate', { ...question, explain: true })).trace[0].outcome.length > 0, true);
  const batch = await call(decisions, 'EvaluateBatch', { evaluations: [question, { ...question, resource: null }, question] });
  assert.deepStrictEqual(batch.decisions.map(one => one.reason), ['granted', 'not_in_scope', 'granted']);

  // gzip, from here to there
  const zipped = new authz.v1.AuthorizationService(address, insecure, { 'grpc.default_compression_algorithm': 2 });
  assert.strictEqual((await call(zipped, 'Evaluate', question)).decision, true);
  zipped.close();

  // a stream, in order
  const stream = decisions.EvaluateStream(metadata());
  const seen = [];
  const ended = new Promise((resolve, reject) => {
    stream.on('data', one => seen.push(one.decision));
    stream.on('error', reject);
    stream.on('status', resolve);
  });
  for (let i = 0; i < 1000; i++) stream.write({ ...question, user: i % 2 ? 'alice' : 'bob' });
  stream.end();
  assert.strictEqual((await ended).code, grpc.status.OK);
  assert.deepStrictEqual(seen, Array.from({ length: 1000 }, (_, i) => i % 2 === 1));

  // errors, with details
  const error = await refused(call(decisions, 'Evaluate', { permission: 'a:b' }), grpc.status.INVALID_ARGUMENT);

  const status = decode('Status', error.metadata.get('grpc-status-details-bin')[0]);
  assert.strictEqual(status.code, grpc.status.INVALID_ARGUMENT);
  const details = Object.fromEntries(status.details.map(any => {
    const name = any.type_url.split('.').pop();
    return [name, decode(name, any.value)];
  }));
  assert.deepStrictEqual([details.ErrorInfo.reason, details.ErrorInfo.domain], ['validation_failed', 'authz']);
  assert.strictEqual(details.BadRequest.field_violations[0].field, 'subject');
  await refused(call(roles, 'GetRole', { role_id: 'nobody\u00e9' }), grpc.status.NOT_FOUND);
  await refused(call(roles, 'CreateRole', { name: 'clerk' }), grpc.status.ALREADY_EXISTS);
  await refused(call(roles, 'DeleteRole', { role_id: 'chief' }), grpc.status.FAILED_PRECONDITION);
  await refused(call(roles, 'GetRole', { role_id: 'clerk' }, { authorization: 'Bearer nonsense' }), grpc.status.UNAUTHENTICATED);
  const large = { ...question, context: { fields: { x: { stringValue: 'x'.repeat(2_000_000) } } } };
  await refused(call(decisions, 'Evaluate', large), grpc.status.RESOURCE_EXHAUSTED);

  // a write with its key is done once
  const once = { 'idempotency-key': 'node-1' };
  const [first, second] = [await call(roles, 'CreateRole', { name: 'twice' }, once), await call(roles, 'CreateRole', { name: 'twice' }, once)];
  assert.strictEqual(first.id, second.id);

  // deadlines and cancellation
  await call(decisions, 'Evaluate', question, {}, { deadline: Date.now() + 60_000 });
  const idle = decisions.EvaluateStream(metadata(), { deadline: Date.now() + 300 });
  assert.strictEqual(await new Promise(resolve => { idle.on('error', e => resolve(e.code)); idle.on('data', () => {}); }), grpc.status.DEADLINE_EXCEEDED);
  const left = decisions.EvaluateStream(metadata());
  const cancelled = new Promise(resolve => { left.on('error', e => resolve(e.code)); left.on('data', () => left.cancel()); });
  left.write(question);
  assert.strictEqual(await cancelled, grpc.status.CANCELLED);

  // health, which needs no credential
  const doctor = new health.Health(address, insecure);
  const check = message => new Promise((resolve, reject) => doctor.Check(message, (e, reply) => (e ? reject(e) : resolve(reply))));
  assert.strictEqual((await check({ service: 'authz.v1.RoleService' })).status, 'SERVING');
  await refused(check({ service: 'nothing' }), grpc.status.NOT_FOUND);
  const watch = doctor.Watch({ service: '' });
  assert.strictEqual(await new Promise(resolve => { watch.on('data', one => { resolve(one.status); watch.cancel(); }); watch.on('error', () => {}); }), 'SERVING');

  await call(roles, 'RevokeRole', { role_id: 'chief', user_id: 'alice', scope: value('eu') });
  await refused(call(roles, 'RevokeRole', { role_id: 'chief', user_id: 'alice' }), grpc.status.NOT_FOUND);
  await call(roles, 'DeleteRole', { role_id: 'chief' });
  [decisions, roles, doctor].forEach(client => client.close());
  console.log('all is well');
}

// The loader makes services of services only: messages of details are read with what it is made of.
function decode(name, bytes) {
  const protobuf = require('protobufjs');
  const root = new protobuf.Root();
  root.resolvePath = (_, file) => (file.startsWith('google/protobuf/') ? require.resolve(`protobufjs/${file}`) : path.join(protos, file));
  const type = root.loadSync('google_rpc_status.proto', { keepCase: true }).lookupType(`google.rpc.${name}`);
  return type.toObject(type.decode(bytes), { longs: String, defaults: true });
}

main().catch(error => { console.error(error); process.exit(1); });
