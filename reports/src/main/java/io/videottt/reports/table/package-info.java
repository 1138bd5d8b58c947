/** Tables as Markdown, CSV and LaTeX. */
package io.videottt.reports.table;
