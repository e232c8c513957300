// usage: node cedar.cjs POLICIES RESOURCE
// The policies of PolicyModels.Many in Cedar, asked what PoliciesBench asks; prints one line of JSON.
const cedar = require('@cedar-policy/cedar-wasm/nodejs');
const [policies, resource] = [Number(process.argv[2]), process.argv[3]];
const rules = [
  type => `forbid(principal, action == Action::"read", resource is ${type}) when { context.ip_address.isInRange(ip("203.0.113.0/24")) };`,
  type => `forbid(principal, action == Action::"read", resource is ${type}) when { resource.classification == "secret" };`,
  type => `permit(principal, action == Action::"read", resource is ${type}) when { resource.level <= 5 };`,
];
const staticPolicies = {};
for (let i = 0; i < policies; i++) {
  staticPolicies[`policy-${i}`] = rules[i % rules.length](`docs${Math.floor(i / rules.length)}`);
}
const now = () => Number(process.hrtime.bigint());
const before = now();
const parsed = cedar.preparsePolicySet('bench', { staticPolicies });
const parseMilliseconds = (now() - before) / 1e6;
if (parsed.type !== 'success') {
  throw new Error(JSON.stringify(parsed));
}
const call = {
  principal: { type: 'User', id: 'alice' },
  action: { type: 'Action', id: 'read' },
  resource: { type: resource, id: '42' },
  context: { ip_address: { __extn: { fn: 'ip', arg: '10.1.2.3' } }, mfa: true },
  preparsedPolicySetId: 'bench',
  entities: [
    { uid: { type: 'User', id: 'alice' }, attrs: { clearance: 4, department: 'sales' }, parents: [] },
    { uid: { type: resource, id: '42' }, attrs: { level: 4, classification: 'internal', region: 'eu-west', owner_id: 'bob' }, parents: [] },
  ],
};
const answer = cedar.statefulIsAuthorized(call);
if (answer.type !== 'success' || answer.response.decision !== 'allow' || answer.response.diagnostics.errors.length > 0) {
  throw new Error(JSON.stringify(answer));
}
// The best of several rounds of half a second, after a warm-up, as Measure.PerCall.
let best = Infinity;
for (let round = 0; round < 8; round++) {
  let calls = 0;
  const start = now();
  for (; now() - start < 5e8; calls++) {
    cedar.statefulIsAuthorized(call);
  }
  best = round > 0 ? Math.min(best, (now() - start) / calls) : best;
}
console.log(JSON.stringify({ version: cedar.getCedarVersion(), parseMilliseconds, checkNanoseconds: best }));
