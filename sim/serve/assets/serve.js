// The page of `detente serve`: what a reader moves is sent at once, and only the last answer counts.

const at = (id) => document.getElementById(id);
const MOST_FOUND = 12;
const GATHERING_MS = 30;

const state = {
  session: "",
  number: 0,
  scenario: "",
  about: null,
  sets: new Map(),
  fork: null,
  pins: { a: null, b: null },
  asked: null,
  waiting: 0,
};

// Requests

class Refusal extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

async function ask(path, told, signal) {
  const how = told === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(told) };
  let response;
  try {
    response = await fetch(path, { ...how, signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, "The server does not answer; is detente serve still running?");
  }
  const answer = await response.json();
  if (!response.ok) throw new Refusal(response.status, answer.error);
  return answer;
}

const post = (what, told, signal) => ask(`/api/sessions/${state.session}/${what}`, told, signal);

function setting() {
  return { scenario: state.scenario, sets: Object.fromEntries(state.sets), fork: state.fork };
}

function words({ scenario, sets, fork }) {
  const moved = Object.entries(sets).map(([name, value]) => `${name}=${value}`);
  if (fork) moved.push(forkWords(fork));
  return moved.length ? `${scenario}: ${moved.join(", ")}` : `${scenario} as it is`;
}

function forkWords(fork) {
  return `${fork.do.join(", ")} on ${fork.on}${fork.through ? ` through ${fork.through}` : ""}`;
}

function tell(text) {
  at("status").textContent = text;
}

function complain(error) {
  at("problem").textContent = error.message;
  at("problem").hidden = false;
  tell(error.message);
}

// Only the last wish is waited for; whatever came before is given up, here and by the server.
async function wish(what, told, show) {
  state.asked?.abort();
  const asked = (state.asked = new AbortController());
  const number = ++state.number;
  const began = performance.now();
  at("main").setAttribute("aria-busy", "true");
  tell("Computing …");
  try {
    const answer = await post(what, { number, ...told }, asked.signal);
    if (number !== state.number) return;
    at("problem").hidden = true;
    show(answer);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    tell(`${answer.brief ?? ""} Answered in ${seconds} s.`.trim());
  } catch (error) {
    if (error.name === "AbortError" || error.status === 409 || number !== state.number) return;
    complain(error);
  } finally {
    if (number === state.number) at("main").setAttribute("aria-busy", "false");
  }
}

// Several events of one gesture become one wish.
function change() {
  at("reset").disabled = !state.sets.size && !state.fork;
  state.asked?.abort();
  clearTimeout(state.waiting);
  state.waiting = setTimeout(() => wish("answer", { setting: setting() }, showAnswer), GATHERING_MS);
}

// Answers

function hang(target, figures) {
  target.innerHTML = figures.join("");
  target.querySelectorAll(".plot[data-points]").forEach(makeReadable);
}

function showAnswer(answer) {
  at("sentence").textContent = answer.sentence;
  at("change").textContent = answer.change;
  at("cards").innerHTML = answer.cards;
  hang(at("figures"), answer.figures);
  if (answer.differences) at("differences").innerHTML = answer.differences;
  else at("differences").replaceChildren(paragraph("Move an input, and the difference is shown here."));
  at("command").textContent = answer.command || "No single command repeats several forks.";
  at("python").textContent = answer.python;
  at("kept").textContent = "";
  for (const link of document.querySelectorAll("[data-export]")) link.href = `/api/sessions/${state.session}/export.${link.dataset.export}`;
}

function paragraph(text, kind = "") {
  const made = document.createElement("p");
  made.textContent = text;
  made.className = kind;
  return made;
}

// Inputs

function knobOf(input, why) {
  const knob = at("knob").content.firstElementChild.cloneNode(true);
  const [slide, exact, back] = [".slide", ".exact", ".back"].map((kind) => knob.querySelector(kind));
  const label = knob.querySelector(".meaning");
  const about = knob.querySelector(".about");
  const step = input.whole ? 1 : niceStep((input.high - input.low) / 100);
  knob.dataset.name = input.name;
  label.textContent = input.meaning;
  label.htmlFor = slide.id = `slide-${input.name}`;
  about.id = `about-${input.name}`;
  about.textContent = [
    input.name,
    `${shown(input.low)} to ${shown(input.high)}${input.unit ? ` ${input.unit}` : ""}, in the scenario ${shown(input.value)} (${input.kind})`,
    why,
  ].filter(Boolean).join("; ");
  exact.setAttribute("aria-label", `${input.meaning} Exact value${input.unit ? `, ${input.unit}` : ""}`);
  back.setAttribute("aria-label", `Undo: ${input.name} back to ${shown(input.value)}`);
  for (const box of [slide, exact]) {
    Object.assign(box, { min: input.low, max: input.high, step: box === exact ? "any" : step });
    box.setAttribute("aria-describedby", about.id);
  }
  const show = (value) => {
    slide.value = exact.value = value;
    slide.setAttribute("aria-valuetext", `${shown(value)} ${input.unit}`.trim());
    const isMoved = state.sets.has(input.name);
    knob.classList.toggle("is-moved", isMoved);
    back.disabled = !isMoved;
    exact.removeAttribute("aria-invalid");
  };
  const move = (value) => {
    if (value === input.value) state.sets.delete(input.name);
    else state.sets.set(input.name, value);
    document.querySelectorAll(`.knob[data-name="${CSS.escape(input.name)}"]`).forEach((same) => same.show(value));
    change();
  };
  slide.addEventListener("input", () => move(Number(slide.value)));
  exact.addEventListener("change", () => {
    const value = exact.value === "" ? NaN : Number(exact.value);
    if (value >= input.low && value <= input.high) return move(value);
    exact.setAttribute("aria-invalid", "true");
    complain(new Error(`${input.name}: choose a value from ${shown(input.low)} to ${shown(input.high)}.`));
  });
  back.addEventListener("click", () => {
    move(input.value);
    slide.focus();
  });
  knob.show = show;
  show(state.sets.get(input.name) ?? input.value);
  return knob;
}

// A step that a person would choose: 1, 2 or 5 times a power of ten.
function niceStep(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return Number(((size / power >= 5 ? 5 : size / power >= 2 ? 2 : 1) * power).toPrecision(1));
}

const shown = (value) => Number(Number(value).toPrecision(6)).toLocaleString("en", { maximumSignificantDigits: 6 });

function find() {
  const sought = at("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  at("results").replaceChildren();
  if (!sought.length || !state.about) {
    at("found").textContent = state.about
      ? `${state.about.inputs.length.toLocaleString("en")} inputs can be moved; ${state.about.fixed.toLocaleString("en")} are known or fixed and have no range.`
      : "";
    return;
  }
  const found = state.about.inputs.filter((input) => {
    const text = `${input.name} ${input.meaning}`.toLowerCase();
    return sought.every((word) => text.includes(word));
  });
  const more = found.length > MOST_FOUND ? `; the first ${MOST_FOUND} are shown` : "";
  at("found").textContent = `${found.length} found${more}.`;
  at("results").append(...found.slice(0, MOST_FOUND).map(resultOf));
}

function resultOf(input) {
  const row = document.createElement("li");
  const text = document.createElement("span");
  const name = document.createElement("small");
  const button = document.createElement("button");
  name.textContent = input.name;
  text.append(input.meaning, name);
  button.type = "button";
  button.textContent = "Choose";
  button.setAttribute("aria-label", `Choose ${input.name}: ${input.meaning}`);
  button.addEventListener("click", () => choose(input));
  row.append(text, button);
  return row;
}

function choose(input) {
  const known = document.querySelector(`.knob[data-name="${CSS.escape(input.name)}"]`);
  const knob = known ?? knobOf(input, "");
  if (!known) at("moved").append(knob);
  at("moved-part").hidden = !at("moved").childElementCount;
  knob.querySelector(".slide").focus();
  knob.scrollIntoView({ block: "nearest" });
}

function reset() {
  state.sets.clear();
  state.fork = null;
  showFork();
  for (const knob of document.querySelectorAll(".knob")) {
    knob.show(state.about.inputs.find((input) => input.name === knob.dataset.name).value);
  }
}

// Scenarios

async function openScenario(name) {
  state.scenario = name;
  state.sets.clear();
  state.fork = null;
  state.about = null;
  const option = at("scenario").selectedOptions[0];
  at("question").textContent = option.dataset.question;
  document.title = `détente: ${option.textContent}`;
  at("telling-details").hidden = true;
  at("telling").replaceChildren();
  at("moved").replaceChildren();
  at("moved-part").hidden = true;
  at("telling-method").textContent = "Looking for the inputs that move the answer most; the first time this takes some seconds …";
  at("reset").disabled = true;
  const first = wish("answer", { setting: setting() }, showAnswer);
  try {
    const about = await ask(`/api/scenarios/${name}`);
    if (state.scenario !== name) return;
    state.about = about;
    showForkChoices();
    showFork();
    find();
    // The search for telling inputs takes all cores, so the first answer comes before it.
    await first;
    if (state.scenario !== name) return;
    const telling = await ask("/api/telling", { scenario: name });
    if (state.scenario !== name) return;
    showTelling(telling);
  } catch (error) {
    if (state.scenario === name) complain(error);
  }
}

function showTelling(telling) {
  const inputs = new Map(state.about.inputs.map((input) => [input.name, input]));
  at("telling-method").textContent = telling.method;
  at("telling-details").hidden = false;
  at("telling-details").querySelector("p").textContent = telling.details;
  const known = telling.inputs.filter(({ name }) => inputs.has(name));
  at("telling").replaceChildren(...known.map(({ name, why }) => knobOf(inputs.get(name), why)));
  // An input that was chosen while the ranking was under way is shown once.
  for (const { name } of known) at("moved").querySelector(`[data-name="${CSS.escape(name)}"]`)?.remove();
  at("moved-part").hidden = !at("moved").childElementCount;
}

// Forks

function showForkChoices() {
  const { start, until, acts } = state.about;
  for (const day of ["fork-on", "fork-through"]) Object.assign(at(day), { min: start, max: until, value: "" });
  at("fork-on").value = start;
  at("fork-act").replaceChildren(
    ...acts.map(({ side, acts: own }) => {
      const group = document.createElement("optgroup");
      group.label = side;
      group.append(
        ...own.map((act) => {
          const option = new Option(act.words, act.name);
          option.act = act;
          return option;
        }),
      );
      return group;
    }),
  );
  at("fork-act").value = "us.extend_truce";
  showForkHow();
}

function showForkHow() {
  const act = at("fork-act").selectedOptions[0].act;
  const allowed = { no: act.forbid, yes: act.force, size: act.force && act.sized };
  const how = at("fork-how");
  for (const option of how.options) option.hidden = option.disabled = !allowed[option.value];
  if (!allowed[how.value]) how.value = Object.keys(allowed).find((value) => allowed[value]);
  at("fork-size-field").hidden = how.value !== "size";
  at("fork-through-field").hidden = how.value !== "no";
}

function showFork() {
  at("fork-undo").disabled = !state.fork;
  at("fork-now").textContent = state.fork ? `Changed: ${forkWords(state.fork)}.` : "No decision is changed.";
}

function fork(event) {
  event.preventDefault();
  const how = at("fork-how").value;
  const value = how === "size" ? at("fork-size").value : how;
  const through = how === "no" ? at("fork-through").value || null : null;
  state.fork = { on: at("fork-on").value, do: [`${at("fork-act").value}=${value}`], through };
  showFork();
  change();
}

// Pins

function pin(side) {
  state.pins[side] = setting();
  at(`pinned-${side}`).textContent = words(state.pins[side]);
  at("compare").disabled = !(state.pins.a && state.pins.b);
}

function comparePins() {
  wish("comparison", state.pins, (answer) => {
    at("pair-sentence").textContent = answer.sentence;
    at("pair-differences").innerHTML = answer.differences;
    hang(at("pair-figures"), answer.figures);
    const script = document.createElement("pre");
    script.textContent = answer.python;
    script.tabIndex = 0;
    at("pair-python").replaceChildren(script);
  });
}

// One run, copies, kept runs

async function openRun(event) {
  event.preventDefault();
  const place = at("chronicle");
  place.setAttribute("aria-busy", "true");
  try {
    const told = await post("chronicle", { setting: setting(), replicate: Number(at("run-number").value) });
    place.innerHTML = told.html;
    place.tabIndex = 0;
    place.setAttribute("role", "region");
    place.setAttribute("aria-label", `Chronicle of run ${told.replicate}`);
    at("problem").hidden = true;
  } catch (error) {
    complain(error);
  } finally {
    place.setAttribute("aria-busy", "false");
  }
}

async function copy(button) {
  const source = at(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(source.textContent);
    at("kept").textContent = "Copied.";
    tell("Copied.");
  } catch {
    // Without the right to write it, the text is selected, so that one key copies it.
    getSelection().selectAllChildren(source);
    tell("Selected; copy it with Ctrl-C.");
  }
}

async function keep() {
  at("keep").disabled = true;
  at("kept").textContent = "Storing the runs …";
  try {
    const kept = await post("keep", { setting: setting() });
    at("kept").textContent = `Kept as ${kept.name}. For a full report: ${kept.command}`;
  } catch (error) {
    at("kept").textContent = error.message;
  } finally {
    at("keep").disabled = false;
  }
}

// Beginning

at("scenario").addEventListener("change", () => openScenario(at("scenario").value));
at("search").addEventListener("input", find);
at("reset").addEventListener("click", () => {
  reset();
  change();
});
at("fork-form").addEventListener("submit", fork);
at("fork-act").addEventListener("change", showForkHow);
at("fork-how").addEventListener("change", showForkHow);
at("fork-undo").addEventListener("click", () => {
  state.fork = null;
  showFork();
  change();
});
at("pin-a").addEventListener("click", () => pin("a"));
at("pin-b").addEventListener("click", () => pin("b"));
at("compare").addEventListener("click", comparePins);
at("run-form").addEventListener("submit", openRun);
at("keep").addEventListener("click", keep);
for (const button of document.querySelectorAll("[data-copies]")) button.addEventListener("click", () => copy(button));

try {
  state.session = (await ask("/api/sessions", {})).session;
  await openScenario(at("scenario").value);
} catch (error) {
  complain(error);
}
