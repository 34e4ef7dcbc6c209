/** The page of the editor: what can be added on the left, the board in the middle, the chosen widget's options on the right. */

import { render } from "../../vendor/lit/lit.js";
import { cookie } from "../cookie.js";
import { _ } from "../i18n.js";
import { bar } from "./bar.js";
import { LayoutDocument } from "./document.js";
import { areTaken } from "./fields.js";
import { keyAction } from "./keys.js";
import { askBeforeLeaving } from "./leaving.js";
import { notices } from "./notices.js";
import { beginnings, palette } from "./palette.js";
import { panel } from "./panel.js";
import { Preview } from "./preview.js";
import { Saving } from "./saving.js";
import { EditorServer } from "./server.js";
import { fileOffered, fileRead } from "./transfer.js";

const PRESENCE_MS = 10_000;

class Editor {
  #config = JSON.parse(document.getElementById("wb-config").textContent);
  #types = new Map(this.#config.catalogue.types.map((type) => [type.key, type]));
  #document = new LayoutDocument(this.#config.board.layout);
  #server = new EditorServer({ addresses: this.#config.addresses, token: () => cookie("csrftoken") ?? this.#config.token });
  #saving = new Saving({ revision: this.#config.board.revision, send: (what) => this.#server.save(what) });
  #chosen = null;
  #preview = new Preview({ frame: this.#frame, stage: document.querySelector(".stage") });
  #canvas = null;
  #titles = new Map();
  #others = [];
  #message = null;
  #isLoggedOut = false;
  #isTyping = false;

  start() {
    window.addEventListener("wb-canvas", () => this.#connect());
    window.addEventListener("wb-canvas-lost", () => this.#lose());
    window.addEventListener("focus", () => this.#look());
    if (this.#frame.contentWindow.wbCanvas) this.#connect();
    window.addEventListener("keydown", (event) => this.#key(event));
    askBeforeLeaving(() => this.#isUnsaved);
    const options = document.querySelector(".options");
    options.addEventListener("input", ({ target }) => this.#typing(target.type !== "file"), true);
    options.addEventListener("focusout", ({ target }) => target.validity?.valid && this.#typing(false));
    this.#draw();
    this.#presence();
  }

  /** What is being typed is not in the document yet, and is to be saved all the same. */
  get #isUnsaved() {
    return this.#document.isDirty || this.#isTyping;
  }

  #typing(isTyping) {
    this.#isTyping = isTyping;
    this.#draw();
  }

  get #frame() {
    return document.getElementById("canvas");
  }

  #connect() {
    const { face, wall } = this.#frame.contentWindow.wbCanvas;
    this.#canvas = { face, wall };
    this.#frame.toggleAttribute("data-lost", false);
    face.onPlaced = (places) => this.#do(() => this.#document.place(places));
    face.onChosen = (id) => this.#choose(id);
    this.#frame.contentWindow.addEventListener("keydown", (event) => this.#key(event));
    this.#show();
  }

  /** The board in the frame went away with the session; what was composed is kept here. */
  #lose() {
    this.#canvas = null;
    this.#frame.toggleAttribute("data-lost", true);
    this.#look();
  }

  /** Whether we are still logged in, by any answer of the server. Once we are again, the board comes back too. */
  #heard(answer) {
    if (answer.isLoggedOut) this.#isLoggedOut = true;
    else if (answer.ok) this.#isLoggedOut = false;
    if (answer.ok && this.#frame.hasAttribute("data-lost")) this.#frame.src = this.#config.addresses.canvas;
    return answer;
  }

  /** Change the document, then show it everywhere. */
  #do(change) {
    this.#message = null;
    this.#isTyping = false;
    change();
    if (this.#chosen && !this.#document.widget(this.#chosen)) this.#chosen = null;
    this.#show();
  }

  #show() {
    if (this.#canvas) {
      this.#canvas.face.update(this.#document.layout);
      this.#canvas.face.choose(this.#chosen);
    }
    this.#draw();
  }

  /** Nothing of a board that lays itself out can be chosen. */
  #choose(id) {
    if (document.activeElement?.closest(".options")) document.activeElement.blur();
    this.#chosen = this.#document.widget(id)?.id ?? null;
    this.#canvas?.face.choose(this.#chosen);
    this.#draw();
  }

  #add(type) {
    const id = this.#document.add(type);
    this.#do(() => {});
    if (id) this.#choose(id);
    else this.#say(_("There is no room for it. Make another widget smaller, or take one away."));
  }

  #duplicate() {
    const type = this.#types.get(this.#document.widget(this.#chosen)?.type);
    if (!type) return;
    const id = this.#document.duplicate(this.#chosen, type.least);
    this.#do(() => {});
    if (id) this.#choose(id);
    else this.#say(_("There is no room for a copy."));
  }

  #remove() {
    if (this.#chosen) this.#do(() => this.#document.remove(this.#chosen));
  }

  #say(text) {
    this.#message = { tone: "warning", lines: [text] };
    this.#draw();
  }

  async #save({ isOver = false } = {}) {
    if (this.#saving.isUnderWay) return;
    if (!areTaken(document.querySelector(".options"))) {
      this.#message = null;
      this.#draw();
      return;
    }
    if (!isOver && !this.#document.isDirty) return this.#typing(false);
    const { layout } = this.#document;
    const saved = this.#saving.save(layout, { isOver });
    this.#draw();
    const answer = this.#heard(await saved);
    if (answer.ok) {
      this.#document.saved(layout);
      this.#message = { tone: "good", lines: [_("Saved. Open boards and screens show it within seconds.")] };
    } else if (!answer.other) {
      this.#complain(answer);
    }
    this.#draw();
  }

  /** What was wrong; that we are logged out is said by itself. */
  #complain({ problems, isLoggedOut }, ...before) {
    this.#message = isLoggedOut ? null : { tone: "critical", lines: [...before, ...problems] };
  }

  /** Somebody else saved: theirs in place of ours, which stays one step back. */
  #takeTheirs() {
    const layout = this.#saving.takeTheirs();
    this.#do(() => this.#document.replace(layout));
    this.#document.saved();
    this.#draw();
  }

  async #import(file) {
    const read = await fileRead(file);
    const checked = read.problem ? { ok: false, problems: [read.problem] } : this.#heard(await this.#server.check(read.layout));
    if (!checked.ok) {
      this.#complain(checked, _("The file was not taken."));
      this.#draw();
      return;
    }
    this.#do(() => this.#document.replace(read.layout));
    this.#say(_("The file's layout is shown; save it to keep it, or undo."));
  }

  async #upload(file) {
    const answer = this.#heard(await this.#server.upload(file));
    if (answer.ok) return answer.key;
    this.#complain(answer);
    this.#draw();
    return null;
  }

  async #presence() {
    await this.#look();
    window.setTimeout(() => this.#presence(), PRESENCE_MS);
  }

  /** Who else edits the board, and whether we still may. */
  async #look() {
    const wasLoggedOut = this.#isLoggedOut;
    const answer = this.#heard(await this.#server.here());
    const others = answer.ok ? answer.others : this.#others;
    if (others.join() === this.#others.join() && this.#isLoggedOut === wasLoggedOut) return;
    this.#others = others;
    this.#draw();
  }

  #key(event) {
    const action = keyAction(event, { isChosen: this.#chosen !== null });
    if (!action) return;
    event.preventDefault();
    if (action.do === "nudge") {
      if (this.#preview.isTall) return;
      const least = this.#types.get(this.#document.widget(this.#chosen).type)?.least;
      this.#do(() => this.#document.nudge(this.#chosen, { ...action.by, least }));
    } else this.#actions[action.do]();
  }

  #actions = {
    undo: () => this.#do(() => this.#document.undo()),
    redo: () => this.#do(() => this.#document.redo()),
    save: () => this.#save(),
    duplicate: () => this.#duplicate(),
    remove: () => this.#remove(),
    leave: () => this.#choose(null),
  };

  #resize(index) {
    this.#preview.choose(index);
    this.#draw();
  }

  #draw() {
    render(this.#bar(), document.querySelector(".tools"));
    render(this.#palette(), document.querySelector(".palette"));
    render(this.#panel(), document.querySelector(".options"));
    render(this.#notices(), document.querySelector(".notices"));
    document.body.toggleAttribute("data-automatic", this.#document.layout === null);
  }

  #bar() {
    return bar({
      on: {
        ...this.#actions,
        resize: (index) => this.#resize(index),
        picked: (file) => this.#import(file),
        export: () => fileOffered(this.#document.layout, this.#config.board.slug),
        free: () => this.#do(() => this.#document.replace(null)),
      },
      is: {
        undoable: this.#document.canUndo,
        redoable: this.#document.canRedo,
        placed: this.#document.layout !== null,
        saving: this.#saving.isUnderWay,
        unsaved: this.#isUnsaved,
      },
    });
  }

  #palette() {
    if (this.#document.layout) return palette([...this.#types.values()], (type) => this.#add(type));
    const { beginning, empty } = this.#config;
    return beginnings({ beginning, empty }, (layout) => this.#do(() => this.#document.replace(layout)));
  }

  #panel() {
    const widget = this.#chosen ? this.#document.widget(this.#chosen) : null;
    return panel({
      widget,
      type: this.#types.get(widget?.type),
      figures: this.#config.catalogue.figures,
      context: { queues: this.#queues(), upload: (file) => this.#upload(file) },
      change: (options) => this.#do(() => this.#document.setOptions(widget.id, options)),
      acts: this.#actions,
    });
  }

  /** By id; those that were last seen while the board is away. */
  #queues() {
    const rows = this.#canvas?.wall.state?.queues;
    if (rows) this.#titles = new Map(Object.entries(rows).map(([id, queue]) => [id, queue.title]));
    return this.#titles;
  }

  #notices() {
    return notices({
      others: this.#others,
      login: this.#isLoggedOut ? this.#config.addresses.login : null,
      isTall: this.#preview.isTall && this.#document.layout !== null,
      conflict: this.#saving.conflict,
      message: this.#message,
      onTheirs: () => this.#takeTheirs(),
      onMine: () => this.#save({ isOver: true }),
    });
  }
}

new Editor().start();
