package io.videottt.reports.table;

/** A way to write a table down. */
public enum TableFormat {
  /** GitHub-flavoured Markdown. */
  MARKDOWN("md") {
    @Override
    public String render(Table table) {
      return MarkdownTable.render(table);
    }
  },
  /** Comma-separated values as RFC 4180 has them. */
  CSV("csv") {
    @Override
    public String render(Table table) {
      return CsvTable.render(table);
    }
  },
  /** LaTeX with the booktabs package. */
  LATEX("tex") {
    @Override
    public String render(Table table) {
      return LatexTable.render(table);
    }
  };

  private final String extension;

  TableFormat(String extension) {
    this.extension = extension;
  }

  /** File name extension, without the dot. */
  public String extension() {
    return extension;
  }

  /** The table in this format, ending in a line break. */
  public abstract String render(Table table);
}
