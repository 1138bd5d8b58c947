package io.videottt.reports;

import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The section of frames side by side.
 *
 * @param note how the frames were chosen, or why there are none
 * @param frames in the order of the page
 */
record FramesSection(String note, List<SideBySide> frames) implements PageSection {

  @Override
  public String id() {
    return "frames";
  }

  @Override
  public String title() {
    return "Frames side by side";
  }

  @Override
  public String entry() {
    return "Frames";
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public String body() {
    StringBuilder html = new StringBuilder("<p>%s</p>\n".formatted(HtmlText.escape(note)));
    for (SideBySide frame : frames) {
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
      frame.pictures().forEach(picture -> html.append(figure(picture)));
      html.append("</div>\n</article>\n");
    }
    return html.toString();
  }

  private static String figure(SideBySide.Picture picture) {
    String title = HtmlText.escape(picture.title());
    return "<figure><img alt=\"%s\" src=\"data:%s;base64,%s\"><figcaption>%s</figcaption></figure>\n"
        .formatted(
            title,
            HtmlText.escape(picture.mediaType()),
            Base64.getEncoder().encodeToString(picture.file()),
            title);
  }
}
