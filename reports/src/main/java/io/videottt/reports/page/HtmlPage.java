package io.videottt.reports.page;

import io.videottt.base.Sha256;
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
    return PageOutput.html(PageOutput.content(JtepageGenerated::render, this));
  }

  String title() {
    return "Test-time training on " + page.data();
  }

  /** Of the results in words, empty when unknown. */
  String date() {
    return page.date();
  }

  /** Which splits were evaluated, sentences. */
  List<String> evaluated() {
    return page.evaluated();
  }

  /** Those that have something to say. */
  List<PageSection> sections() {
    return sections;
  }

  List<String> styles() {
    return resources(STYLE, sections.stream().flatMap(section -> section.styles().stream()));
  }

  List<String> scripts() {
    return resources(SCRIPT, sections.stream().flatMap(section -> section.scripts().stream()));
  }

  /** The scripts by their hashes, as a content security policy has them. */
  String allowedScripts() {
    return scripts().stream()
        .map(script -> "'sha256-%s'".formatted(sha256(script)))
        .collect(Collectors.joining(" "));
  }

  private static List<String> resources(String first, Stream<String> more) {
    return Stream.concat(Stream.of(first), more).distinct().map(HtmlPage::resource).toList();
  }

  private static String sha256(String text) {
    byte[] hash = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }

  /** A text file of this package. */
  static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " in the program's own jar cannot be read", e);
    }
  }
}
