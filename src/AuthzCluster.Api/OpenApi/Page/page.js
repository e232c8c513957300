"use strict";
// Everything is put in as text, never as markup. The key stays in its field: it is neither stored nor put into an address.
const make = (name, text, ...children) => {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  element.append(...children);
  return element;
};

const field = (name, value) => {
  const input = make("input");
  input.name = name;
  input.value = value ?? "";
  return input;
};

const resolve = (api, schema) => schema?.$ref ? api.components.schemas[schema.$ref.split("/").pop()] : schema;

// The tenant is asked for once, above.
const asked = (operation) => operation.parameters.filter((parameter) => parameter.name !== "X-Tenant-Id");

async function send(method, path, operation, inputs, body, output) {
  let target = path;
  const query = new URLSearchParams();
  const headers = {};
  for (const parameter of asked(operation)) {
    const value = inputs[parameter.name].value;
    if (parameter.in === "path") target = target.replace(`{${parameter.name}}`, encodeURIComponent(value));
    else if (value && parameter.in === "query") query.set(parameter.name, value);
    else if (value) headers[parameter.name] = value;
  }
  const key = document.getElementById("key").value, tenant = document.getElementById("tenant").value;
  if (key) headers.Authorization = `Bearer ${key}`;
  if (tenant) headers["X-Tenant-Id"] = tenant;
  if (body?.value) headers["Content-Type"] = "application/json";
  output.textContent = "...";
  try {
    const reply = await fetch(target + (query.size ? `?${query}` : ""), { method, headers, body: body?.value || undefined });
    const text = await reply.text();
    let shown = text;
    try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* no JSON: as it is */ }
    output.textContent = `${reply.status}\n${shown}`;
  } catch (error) {
    output.textContent = String(error);
  }
}

function show(api, path, method, operation) {
  const details = make("details", null, make("summary", null, make("code", `${method.toUpperCase()} ${path}`), ` ${operation.summary}`), make("p", operation.description));
  details.id = operation.operationId;
  const inputs = {};
  for (const parameter of asked(operation)) {
    inputs[parameter.name] = field(parameter.name);
    details.append(make("label", `${parameter.name} (${parameter.in}${parameter.required ? ", required" : ""}) `, inputs[parameter.name]));
  }
  const content = operation.requestBody?.content["application/json"];
  let body;
  if (content) {
    body = make("textarea");
    body.rows = 6;
    body.value = JSON.stringify(content.example ?? {}, null, 2);
    details.append(make("label", "body ", body), make("pre", JSON.stringify(resolve(api, content.schema), null, 2)));
  }
  for (const [status, response] of Object.entries(operation.responses)) {
    const schema = Object.values(response.content ?? {})[0]?.schema;
    details.append(make("details", null, make("summary", `${status} ${response.description}`), make("pre", JSON.stringify(resolve(api, schema) ?? {}, null, 2))));
  }
  const button = make("button", "Try"), output = make("pre");
  output.className = "answer";
  button.addEventListener("click", () => send(method.toUpperCase(), path, operation, inputs, body, output));
  details.append(button, output);
  return details;
}

fetch("/openapi/v1.json").then(reply => reply.json()).then(api => {
  document.getElementById("about").textContent = api.info.description;
  const groups = new Map();
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0];
      if (!groups.has(tag)) groups.set(tag, make("section", null, make("h2", tag)));
      groups.get(tag).append(show(api, path, method, operation));
    }
  }
  document.getElementById("endpoints").replaceChildren(...groups.values());
});
