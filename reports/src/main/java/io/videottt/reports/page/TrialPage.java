package io.videottt.reports.page;

import java.util.List;

/**
 * What is said of one film that test-time training was tried on: a page beside the video that it
 * shows, whose content security policy lets nothing else be loaded and no script run.
 *
 * @param film its name
 * @param task for example colorization
 * @param summary what was found, in a sentence or two
 * @param video file name of the video beside the page
 * @param caption what the video shows
 * @param numbers what was measured, a row for each; may be empty
 * @param meaning what the numbers mean, a sentence for each
 * @param run what was run, with which model and how long it took
 */
public record TrialPage(
    String film,
    String task,
    String summary,
    String video,
    String caption,
    List<Fact> numbers,
    List<String> meaning,
    List<Fact> run) {

  /**
   * A line of a list.
   *
   * @param name what it is about
   * @param value what is said of it
   */
  public record Fact(String name, String value) {}

  /** Keeps the lists from being changed. */
  public TrialPage {
    numbers = List.copyOf(numbers);
    meaning = List.copyOf(meaning);
    run = List.copyOf(run);
  }

  /** The page as one HTML file. */
  public String html() {
    return PageOutput.html(PageOutput.content(JtetrialGenerated::render, this));
  }

  /** The style of all pages, and of this one. */
  List<String> styles() {
    return List.of(HtmlPage.resource("page.css"), HtmlPage.resource("trial.css"));
  }
}
