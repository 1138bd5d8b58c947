package io.videottt.reports.page;

import io.videottt.reports.DataSetSummary;
import io.videottt.reports.table.HtmlText;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The legend of the pictures: every class with its colour.
 *
 * @param dataSets what was evaluated
 */
record ClassesSection(List<DataSetSummary> dataSets) implements PageSection {

  /** More would push what is below from the first screens. */
  private static final int MOST_UNFOLDED = 40;

  private static final String SHADES =
      "In pictures of panoptic and instance segmentation stuff has its class's colour and every"
          + " object a colour of its own: the same in all frames of its video where the data set"
          + " numbers objects, and the same in the predictions that find it (more than half of the"
          + " union of both, same class). Pale: a predicted object that finds none. Dark: no ground"
          + " truth, or nothing predicted.";

  @Override
  public String id() {
    return "classes";
  }

  @Override
  public String title() {
    return "The classes' colours";
  }

  @Override
  public String entry() {
    return "Classes";
  }

  @Override
  public boolean isEmpty() {
    return dataSets.stream().allMatch(set -> set.classes().isEmpty());
  }

  @Override
  public String body() {
    StringBuilder html = new StringBuilder();
    for (DataSetSummary set : dataSets) {
      if (set.classes().isEmpty()) {
        continue;
      }
      if (dataSets.size() > 1) {
        html.append("<h3>").append(HtmlText.escape(set.title())).append("</h3>\n");
      }
      if (set.colours().size() != set.classes().size()) {
        html.append(
            "<p>The results do not tell the colours; the next sweep into their folder will.</p>\n");
        continue;
      }
      boolean folded = set.classes().size() > MOST_UNFOLDED;
      if (folded) {
        html.append("<details><summary>%d classes</summary>\n".formatted(set.classes().size()));
      }
      html.append("<ul class=\"legend\">\n");
      IntStream.range(0, set.classes().size())
          .forEach(
              id ->
                  html.append(
                      "<li><span style=\"background:#%06x\"></span>%s</li>\n"
                          .formatted(
                              set.colours().get(id) & 0xffffff,
                              HtmlText.escape(set.classes().get(id)))));
      html.append(folded ? "</ul>\n</details>\n" : "</ul>\n");
    }
    return html.append("<p class=\"note\">").append(SHADES).append("</p>\n").toString();
  }
}
