// The text editor of the studio: CodeMirror 6 with YAML, findings at their lines, and completion of what can be named.
// It is uncontrolled while somebody types: the server's text replaces what stands here only where nothing is unsaved.
import { basicSetup } from "codemirror";
import { acceptCompletion, autocompletion } from "@codemirror/autocomplete";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completing } from "./completing.js";

const PAUSE = 250;

const theme = EditorView.theme({
  "&": {
    fontSize: "0.95rem", color: "var(--st-text-color)", backgroundColor: "var(--st-secondary-background-color)",
    border: "1px solid var(--st-border-color)", borderRadius: "0.5rem", maxHeight: "42rem",
  },
  "&.cm-focused": { outline: "2px solid var(--st-primary-color)", outlineOffset: "1px" },
  ".cm-scroller": { overflow: "auto", fontFamily: "var(--st-code-font, ui-monospace, monospace)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--st-text-color)" },
  ".cm-cursor": { borderLeftColor: "var(--st-text-color)" },
  ".cm-gutters": {
    backgroundColor: "var(--st-secondary-background-color)", color: "var(--st-text-color)", border: "none",
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, currentColor 7%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "light-dark(#bcd9d2, #2f5850)",
  },
  ".cm-tooltip": {
    color: "var(--st-text-color)", backgroundColor: "var(--st-background-color)",
    border: "1px solid var(--st-border-color)", maxWidth: "34rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: "light-dark(#ffffff, #10201c)", backgroundColor: "light-dark(#2c6259, #8fc7b9)",
  },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "1" },
  ".cm-diagnostic": { whiteSpace: "pre-wrap", padding: "0.4rem 0.6rem" },
  ".cm-panels": { color: "var(--st-text-color)", backgroundColor: "var(--st-background-color)" },
  ".cm-foldPlaceholder": { color: "inherit", backgroundColor: "transparent", border: "1px solid currentColor" },
});

const colours = HighlightStyle.define([
  { tag: tags.comment, color: "light-dark(#545e58, #b3bdb7)", fontStyle: "italic" },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "light-dark(#1d544a, #93cdbf)" },
  { tag: [tags.string, tags.content], color: "inherit" },
  { tag: [tags.keyword, tags.bool, tags.number, tags.atom], color: "light-dark(#7a2e5d, #eab0d5)" },
  { tag: [tags.punctuation, tags.separator, tags.meta], color: "light-dark(#5e4a1c, #e0c995)" },
]);

export function mount(parent, tell) {
  const self = { base: 0, known: "", sent: null, serial: 0, timer: null, gone: null, completions: null };

  const view = new EditorView({
    parent,
    root: parent.getRootNode(),
    state: EditorState.create({
      extensions: [
        basicSetup,
        yaml(),
        theme,
        syntaxHighlighting(colours),
        lintGutter(),
        EditorView.lineWrapping,
        keymap.of([{ key: "Tab", run: acceptCompletion }]),
        autocompletion({ override: [(context) => completing(context, self.completions)] }),
        EditorView.contentAttributes.of(() => ({ tabindex: "0", "aria-label": self.label ?? "", "aria-describedby": self.help ?? "" })),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !self.taking) soon();
          if (update.focusChanged && !update.view.hasFocus) send();
        }),
      ],
    }),
  });

  const text = () => view.state.doc.toString();

  function soon() {
    clearTimeout(self.timer);
    self.timer = setTimeout(send, PAUSE);
  }

  function send() {
    clearTimeout(self.timer);
    self.timer = null;
    // One save at a time, so that none is based on a revision that this editor itself has left behind.
    if (self.sent !== null || text() === self.known) return;
    tellNow();
  }

  function tellNow() {
    self.sent = text();
    self.serial += 1;
    const line = view.state.doc.lineAt(view.state.selection.main.head).number;
    tell({ text: self.sent, based_on: self.base, line, serial: self.serial });
  }

  // Replace only what differs, so that the cursor, the folds and the scroll position stay where they were.
  function take(next) {
    const now = text();
    let start = 0;
    while (start < now.length && start < next.length && now[start] === next[start]) start += 1;
    let end = 0;
    while (end < now.length - start && end < next.length - start && now.at(-1 - end) === next.at(-1 - end)) end += 1;
    self.taking = true;
    view.dispatch({ changes: { from: start, to: now.length - end, insert: next.slice(start, next.length - end) } });
    self.taking = false;
  }

  function update(data) {
    Object.assign(self, { completions: data.completions, label: data.label, help: data.help });
    const answered = self.sent !== null && data.seen >= self.serial;
    if (answered && data.text === self.sent) {
      settle(data);
      if (text() !== data.text) soon();
    } else if (answered && data.revision !== self.base) {
      // Somebody else had saved: what was sent is kept aside by the server, and what was typed since follows it there.
      if (text() !== self.sent) tellNow();
      settle(data);
      take(data.text);
    } else if (answered) {
      self.sent = null; // refused: it stands here, and is sent again with the next change
    } else if (self.sent === null && data.revision !== self.base) {
      if (text() === self.known || text() === data.text) {
        settle(data);
        take(data.text);
      } else send();
    }
    if (text() === data.text) view.dispatch(setDiagnostics(view.state, data.findings.map(placed)));
    if (data.goto && data.goto.times !== self.gone) {
      self.gone = data.goto.times;
      const line = view.state.doc.line(Math.min(Math.max(data.goto.line, 1), view.state.doc.lines));
      view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
      view.focus();
    }
  }

  function settle(data) {
    Object.assign(self, { base: data.revision, known: data.text, sent: null });
  }

  function placed(finding) {
    const line = view.state.doc.line(Math.min(Math.max(finding.line, 1), view.state.doc.lines));
    const from = Math.min(line.from + finding.column - 1, line.to);
    const said = line.text.slice(from - line.from).replace(/\s+#.*$/, "").trimEnd(); // without the note behind it
    return { from, to: Math.max(from + said.length, from), severity: finding.severity, message: finding.message };
  }

  return { update, leave: send, end: () => { send(); view.destroy(); } };
}
