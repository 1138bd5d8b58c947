package io.videottt.reports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Writes a {@link ReportPage} as one file: style, script, figures and pictures are within. Its
 * content security policy lets no other script run and nothing be loaded.
 */
final class HtmlPage {

  private static final String STYLE = resource("page.css");
  private static final String SCRIPT = resource("page.js");

  private final ReportPage page;
  private final StringBuilder html = new StringBuilder();

  HtmlPage(ReportPage page) {
    this.page = page;
  }

  String render() {
    head();
    navigation();
    html.append("<main id=\"main\">\n");
    tables("results", "Results", page.summary());
    figures();
    frames();
    details();
    tables("runs", "Settings, weights and environment", page.runs());
    html.append("</main>\n<script>").append(SCRIPT).append("</script>\n</body>\n</html>\n");
    return html.toString();
  }

  private void head() {
    String title = HtmlText.escape("Test-time training on " + page.data());
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append(
        ("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:;"
                + " style-src 'unsafe-inline'; script-src 'sha256-%s'; base-uri 'none';"
                + " form-action 'none'\">\n")
            .formatted(sha256(SCRIPT)));
    html.append(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            + "<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.append("<title>").append(title).append("</title>\n");
    // Browsers ask for an icon otherwise.
    html.append("<link rel=\"icon\" href=\"data:,\">\n");
    html.append("<style>").append(STYLE).append("</style>\n</head>\n<body>\n");
    html.append("<a class=\"skip\" href=\"#main\">To the results</a>\n<header>\n");
    html.append("<h1>").append(title).append("</h1>\n");
    html.append("<p>Spark Video TTT");
    if (!page.date().isEmpty()) {
      html.append(" &middot; results of ").append(HtmlText.escape(page.date()));
    }
    html.append("</p>\n</header>\n");
  }

  private void navigation() {
    html.append("<nav aria-label=\"Sections\"><ul>\n");
    link("results", "Results", page.summary());
    link("figures", "Figures", page.figures());
    html.append("<li><a href=\"#frames\">Frames</a></li>\n");
    link("details", "All tables", page.details());
    link("runs", "Settings", page.runs());
    html.append("</ul></nav>\n");
  }

  private void link(String id, String title, List<?> content) {
    if (!content.isEmpty()) {
      html.append("<li><a href=\"#%s\">%s</a></li>\n".formatted(id, title));
    }
  }

  private void tables(String id, String title, List<Table> tables) {
    if (tables.isEmpty()) {
      return;
    }
    html.append("<section id=\"%s\">\n<h2>%s</h2>\n".formatted(id, title));
    tables.forEach(table -> html.append(HtmlTable.render(table, 3)));
    html.append("</section>\n");
  }

  /** Behind a fold: there may be dozens. */
  private void details() {
    if (page.details().isEmpty()) {
      return;
    }
    html.append("<section id=\"details\">\n<h2>All tables</h2>\n");
    for (Table table : page.details()) {
      html.append("<details><summary>%s</summary>\n".formatted(HtmlText.escape(table.caption())));
      html.append(HtmlTable.render(table, 3)).append("</details>\n");
    }
    html.append("</section>\n");
  }

  private void figures() {
    if (page.figures().isEmpty() && page.figuresLeftOut().isEmpty()) {
      return;
    }
    html.append("<section id=\"figures\">\n<h2>Figures</h2>\n");
    if (!page.figuresLeftOut().isEmpty()) {
      html.append("<p>%s</p>\n".formatted(HtmlText.escape(page.figuresLeftOut())));
    }
    html.append("<div class=\"figures\">\n");
    for (DrawnFigure drawn : page.figures()) {
      Figure figure = drawn.figure();
      html.append("<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
      html.append(HtmlText.escape(figure.title())).append("\">");
      html.append(new String(drawn.files().get(FigureFormat.SVG), StandardCharsets.UTF_8));
      html.append("</div>\n<figcaption>");
      html.append(HtmlText.escape(figure.caption())).append("</figcaption>\n</figure>\n");
    }
    html.append("</div>\n</section>\n");
  }

  private void frames() {
    html.append("<section id=\"frames\">\n<h2>Frames side by side</h2>\n");
    html.append("<p>%s</p>\n".formatted(HtmlText.escape(page.framesNote())));
    for (SideBySide frame : page.frames()) {
      String metric = frame.set().task().metric();
      html.append("<article class=\"frame\">\n<h3>");
      html.append(
          HtmlText.escape(
              "%s %s, %s: video %s, frame %s"
                  .formatted(
                      frame.set().dataset(),
                      frame.set().split(),
                      frame.set().task().id(),
                      frame.video(),
                      frame.frame())));
      html.append("</h3>\n<p class=\"scores\">");
      html.append(
          HtmlText.escape(
              String.format(
                  Locale.ROOT,
                  "%s %.1f %% fixed, %.1f %% adapted (%+.1f), model %s",
                  metric,
                  frame.fixed(),
                  frame.adapted(),
                  frame.adapted() - frame.fixed(),
                  frame.model())));
      html.append("</p>\n<div class=\"pictures\">\n");
      frame.pictures().forEach(this::picture);
      html.append("</div>\n</article>\n");
    }
    html.append("</section>\n");
  }

  private void picture(SideBySide.Picture picture) {
    String title = HtmlText.escape(picture.title());
    html.append(
        "<figure><img alt=\"%s\" src=\"data:%s;base64,%s\"><figcaption>%s</figcaption></figure>\n"
            .formatted(
                title,
                HtmlText.escape(picture.mediaType()),
                Base64.getEncoder().encodeToString(picture.file()),
                title));
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " in the program's own jar cannot be read", e);
    }
  }
}
