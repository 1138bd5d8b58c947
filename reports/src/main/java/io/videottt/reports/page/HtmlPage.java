package io.videottt.reports.page;

import io.videottt.base.Sha256;
import io.videottt.reports.table.HtmlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a {@link ReportPage} as one file: style, scripts, figures and pictures are within. Its
 * content security policy lets no other script run and nothing be loaded. What a section says is
 * its own matter: see {@link PageSection}.
 */
final class HtmlPage {

  private static final String STYLE = "page.css";
  private static final String SCRIPT = "page.js";

  private final ReportPage page;
  private final List<PageSection> sections;

  HtmlPage(ReportPage page) {
    this.page = page;
    this.sections = page.sections().stream().filter(section -> !section.isEmpty()).toList();
  }

  String render() {
    List<String> scripts =
        resources(SCRIPT, sections.stream().flatMap(section -> section.scripts().stream()));
    List<String> styles =
        resources(STYLE, sections.stream().flatMap(section -> section.styles().stream()));
    StringBuilder html = new StringBuilder();
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n");
    head(html, scripts, styles);
    html.append("<body>\n");
    header(html);
    navigation(html);
    html.append("<main id=\"main\">\n");
    sections.forEach(section -> html.append(section.html()));
    html.append("</main>\n");
    scripts.forEach(script -> html.append("<script>").append(script).append("</script>\n"));
    return html.append("</body>\n</html>\n").toString();
  }

  private void head(StringBuilder html, List<String> scripts, List<String> styles) {
    html.append("<head>\n<meta charset=\"utf-8\">\n");
    html.append(
        ("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:;"
                + " style-src 'unsafe-inline'; script-src %s; base-uri 'none';"
                + " form-action 'none'\">\n")
            .formatted(
                scripts.stream()
                    .map(script -> "'sha256-%s'".formatted(sha256(script)))
                    .collect(Collectors.joining(" "))));
    html.append(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            + "<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.append("<title>").append(title()).append("</title>\n");
    // Browsers ask for an icon otherwise.
    html.append("<link rel=\"icon\" href=\"data:,\">\n");
    styles.forEach(style -> html.append("<style>").append(style).append("</style>\n"));
    html.append("</head>\n");
  }

  private void header(StringBuilder html) {
    html.append("<a class=\"skip\" href=\"#main\">To the results</a>\n<header>\n");
    html.append("<h1>").append(title()).append("</h1>\n");
    html.append("<p>Spark Video TTT");
    if (!page.date().isEmpty()) {
      html.append(" &middot; results of ").append(HtmlText.escape(page.date()));
    }
    html.append("</p>\n");
    for (String evaluated : page.evaluated()) {
      html.append("<p>").append(HtmlText.escape(evaluated)).append("</p>\n");
    }
    // At the end of the page it might take a sheet of paper of its own.
    html.append("<p id=\"unprinted\" class=\"printed note\"></p>\n");
    html.append("</header>\n");
  }

  private void navigation(StringBuilder html) {
    html.append("<nav aria-label=\"Sections\"><ul>\n");
    for (PageSection section : sections) {
      if (!section.entry().isEmpty()) {
        html.append(
            "<li><a href=\"#%s\">%s</a></li>\n"
                .formatted(section.id(), HtmlText.escape(section.entry())));
      }
    }
    html.append("</ul></nav>\n");
  }

  private String title() {
    return HtmlText.escape("Test-time training on " + page.data());
  }

  private static List<String> resources(String first, Stream<String> more) {
    return Stream.concat(Stream.of(first), more).distinct().map(HtmlPage::resource).toList();
  }

  private static String sha256(String text) {
    byte[] hash = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " in the program's own jar cannot be read", e);
    }
  }
}
