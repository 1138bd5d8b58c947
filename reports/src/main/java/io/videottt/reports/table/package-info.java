/** Tables as Markdown, CSV, LaTeX and HTML. */
package io.videottt.reports.table;
