/// How the page looks: nothing is fetched, and nothing is said by colour alone.
enum HTMLStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --page: #ffffff; --panel: #f6f8fa; --line: #d0d7de; --text: #1f2328; --soft: #57606a;
      --link: #0550ae; --good: #116329; --bad: #b42318; --open: #7d4e00; --other: #57606a;
      --good-fill: #dafbe1; --bad-fill: #ffe4e1; --open-fill: #fff3c4; --other-fill: #eaeef2;
      --note: #0550ae;
      --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #0d1117; --panel: #161b22; --line: #30363d; --text: #e6edf3; --soft: #9da7b3;
        --link: #79c0ff; --good: #56d364; --bad: #ff938a; --open: #e3b341; --other: #9da7b3;
        --good-fill: #0f2d18; --bad-fill: #3d1412; --open-fill: #332500; --other-fill: #21262d;
        --note: #79c0ff;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body {
      margin: 0 auto; max-width: 84rem; padding: 1.5rem clamp(0.75rem, 3vw, 2rem);
      background: var(--page); color: var(--text);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
      overflow-wrap: anywhere;
    }
    code, .source, .change { font-family: var(--mono); font-size: 0.875em; }
    a { color: var(--link); }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { position: static; }
    .tool { margin: 0; color: var(--soft); font-weight: 600; }
    h1 { margin: 0.25rem 0 0.5rem; font-size: 1.6rem; line-height: 1.3; }
    h2 { margin: 0 0 0.5rem; font-size: 1.35rem; }
    h3 { margin: 1.5rem 0 0.5rem; font-size: 1.05rem; }
    nav ul { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; margin: 0; padding: 0; list-style: none; }
    nav a { text-decoration: none; }
    main > section { margin-top: 2rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
    .verdict { font-size: 1.05rem; margin: 0 0 1rem; }
    .badge, .status, .severity, .fact {
      display: inline-block; padding: 0 0.55em; border: 1px solid currentColor; border-radius: 1em;
      font-size: 0.85em; font-weight: 600; white-space: nowrap;
    }
    .badge.unjudged, .status, .severity { color: var(--other); background: var(--other-fill); }
    .badge.ready, .status.proven { color: var(--good); background: var(--good-fill); }
    .badge.blocked, .status.violated, .severity.error { color: var(--bad); background: var(--bad-fill); }
    .badge.unproven, .status.open, .status.minor, .severity.warning { color: var(--open); background: var(--open-fill); }
    .status.not-checked { border-style: dashed; }
    .status.suppressed, .severity.suppressed { text-decoration: line-through; }
    .severity.note { color: var(--note); background: var(--other-fill); }
    .fact { font-weight: 400; color: var(--soft); }
    .fact.inferred { color: var(--open); background: var(--open-fill); border-style: dashed; }

    figure { margin: 0; }
    figcaption { color: var(--soft); font-size: 0.875rem; }
    svg.path { width: 100%; height: auto; background: none; border: 0; }
    svg.wide { display: block; }
    svg.narrow { display: none; max-width: 30rem; }
    @media (max-width: 68rem) { svg.wide { display: none; } svg.narrow { display: block; } }
    svg text { font: 12px var(--mono); fill: var(--text); }
    svg .title { font: 600 14px system-ui, sans-serif; }
    svg .name { fill: var(--soft); }
    svg .box { fill: var(--panel); stroke: var(--line); stroke-width: 1.5; }
    svg .box.violated { stroke: var(--bad); stroke-width: 3; }
    svg .box.minor { stroke: var(--open); stroke-width: 2; }
    svg .box.open { stroke: var(--open); stroke-width: 2; stroke-dasharray: 8 4; }
    svg .box.not-checked { stroke: var(--other); stroke-width: 2; stroke-dasharray: 2 4; }
    svg .edge { stroke: var(--other); stroke-width: 2; fill: none; }
    svg .edge.rail { stroke: var(--line); }
    svg .edge.proven { stroke: var(--good); }
    svg .edge.violated { stroke: var(--bad); stroke-width: 4; }
    svg .edge.minor { stroke: var(--open); stroke-width: 3; }
    svg .edge.open { stroke: var(--open); stroke-dasharray: 8 4; }
    svg .edge.not-checked { stroke-dasharray: 2 4; }
    svg .edge.suppressed { stroke-dasharray: 12 3 2 3; }
    svg .head, svg .disc { fill: var(--other); }
    svg .head.proven, svg .disc.proven { fill: var(--good); }
    svg .head.violated, svg .disc.violated { fill: var(--bad); }
    svg .head.open, svg .disc.open, svg .head.minor, svg .disc.minor { fill: var(--open); }
    svg .sign { font: 700 14px system-ui, sans-serif; fill: var(--page); }
    svg .label.violated { fill: var(--bad); font-weight: 700; }
    svg .label.open, svg .label.minor { fill: var(--open); font-weight: 700; }
    svg .label.not-checked { fill: var(--other); font-style: italic; }
    svg .label.suppressed { fill: var(--other); text-decoration: line-through; }

    table { width: 100%; border-collapse: collapse; }
    th, td { padding: 0.5rem 0.75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
    thead th { color: var(--soft); font-size: 0.875rem; font-weight: 600; }
    tbody th { font-weight: 400; min-width: 13rem; }
    tr.violated { box-shadow: inset 4px 0 var(--bad); }
    tr.open, tr.minor { box-shadow: inset 4px 0 var(--open); }
    td { min-width: 8rem; }
    td p, dl { margin: 0 0 0.25rem; }
    .summary { display: block; color: var(--soft); font-size: 0.9rem; }
    .request { display: grid; grid-template-columns: max-content 1fr; gap: 0 0.75rem; font-size: 0.9rem; }
    .request dt { color: var(--soft); grid-column: 1; }
    .request dd { margin: 0; grid-column: 2; }
    .trace { margin: 0.25rem 0; padding-left: 1.25rem; font-size: 0.9rem; }
    .facts tbody th { min-width: 8rem; }
    @media (max-width: 48rem) {
      thead { position: absolute; left: -100rem; }
      table, tbody { display: block; }
      tr { display: block; padding: 0.75rem 0 0.75rem 0.75rem; border-bottom: 1px solid var(--line); }
      th, td { display: block; min-width: 0; padding: 0.1rem 0; border: 0; }
      .request { grid-template-columns: 1fr; }
      .request dd { grid-column: 1; }
    }

    article { margin: 1rem 0; padding: 0.75rem 1rem; background: var(--panel); color: inherit; border: 1px solid var(--line); border-left: 5px solid var(--other); border-radius: 6px; }
    article.error { border-left-color: var(--bad); }
    article.warning { border-left-color: var(--open); }
    article.note { border-left-color: var(--note); }
    article h3 { margin: 0 0 0.25rem; }
    article h3 .number { color: var(--soft); font-weight: 400; }
    .about, .remark, .path { margin: 0.25rem 0; font-size: 0.925rem; }
    .about, .path { color: var(--soft); }
    .source, .change { margin: 0.25rem 0 0.5rem; padding: 0.5rem 0; background: var(--page); border: 1px solid var(--line); border-radius: 4px; white-space: pre-wrap; }
    .source code { font-size: 1em; }
    .line { display: flex; padding-right: 0.5rem; }
    .line .number { flex: none; width: 3.5rem; padding-right: 0.75rem; color: var(--soft); text-align: right; user-select: none; }
    .line code { flex: 1; min-width: 0; }
    .gap, .source .note { padding-left: 3.5rem; padding-right: 0.5rem; }
    .gap { color: var(--soft); }
    .source .note { white-space: normal; font-family: system-ui, sans-serif; background: none; }
    .source .note::before { content: "↑ "; }
    .source .note.primary { color: var(--bad); font-weight: 600; }
    .source .note.related { color: var(--note); }
    mark { color: inherit; background: none; border-radius: 2px; }
    mark.primary { background: var(--bad-fill); text-decoration: underline 2px var(--bad); text-underline-offset: 3px; }
    mark.related { background: var(--other-fill); text-decoration: underline 2px dotted var(--note); text-underline-offset: 3px; }
    article.warning mark.primary { background: var(--open-fill); text-decoration-color: var(--open); }
    article.warning .source .note.primary { color: var(--open); }
    sup { font-size: 0.75em; color: var(--soft); }
    .change del, .change ins { display: block; padding: 0 0.75rem; text-decoration: none; }
    .change del { background: var(--bad-fill); }
    .change ins { background: var(--good-fill); }
    footer { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.875rem; }

    @media print {
      :root {
        color-scheme: light;
        --page: #ffffff; --panel: #ffffff; --line: #999999; --text: #000000; --soft: #444444;
        --link: #000000; --good: #116329; --bad: #b42318; --open: #7d4e00; --other: #57606a;
        --good-fill: #ffffff; --bad-fill: #ffffff; --open-fill: #ffffff; --other-fill: #ffffff;
        --note: #0550ae;
      }
      body { max-width: none; padding: 0; font-size: 10pt; }
      nav, .skip { display: none; }
      article, tr, figure { break-inside: avoid; }
      h2, h3 { break-after: avoid; }
    }

    """
}
