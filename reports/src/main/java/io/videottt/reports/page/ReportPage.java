package io.videottt.reports.page;

import io.videottt.reports.Titles;
import io.videottt.reports.figure.DrawnFigure;
import io.videottt.reports.player.Player;
import io.videottt.reports.table.Table;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one page says about a results folder. It is rendered as one HTML file that needs nothing
 * from elsewhere and is the same for the same results.
 *
 * @param data the data sets in words, for the heading
 * @param date of the results in words, empty when unknown
 * @param introduction what is said before the numbers
 * @param summary tables to look at first
 * @param details the other tables
 * @param figures in the order of the page
 * @param figuresLeftOut why there are no figures, or which are not drawn, a sentence a line; empty
 *     where nothing is left out
 * @param player videos with pictures
 * @param videos beside the page
 * @param runs tables of settings, weights and environment
 */
public record ReportPage(
    String data,
    String date,
    PageIntroduction introduction,
    List<Table> summary,
    List<Table> details,
    List<DrawnFigure> figures,
    String figuresLeftOut,
    Player player,
    VideoLinks videos,
    List<Table> runs) {

  /** Anchors of the page itself. */
  private static final Pattern ANCHORS =
      Pattern.compile(
          "main|unprinted|strip|verdict|methods|classes|frames|results|figures|details|runs|comparisons"
              + "|player(-.*)?|(clip|film)-\\d+");

  /** Keeps the lists from being changed. */
  public ReportPage {
    summary = List.copyOf(summary);
    details = List.copyOf(details);
    figures = List.copyOf(figures);
    runs = List.copyOf(runs);
  }

  /** Whether the page has a name for a part of its own, so that no table may have it. */
  public static boolean isAnchor(String name) {
    return ANCHORS.matcher(name).matches();
  }

  /** The sections of the page in its order. */
  List<PageSection> sections() {
    return List.of(
        new VerdictSection(introduction.verdict()),
        new MethodsSection(introduction.methods()),
        new ClassesSection(introduction.dataSets()),
        new FramesSection(player, videos, Titles.of(introduction.dataSets())),
        new TablesSection("results", "Results", "Results", summary),
        new FiguresSection(figures, figuresLeftOut),
        new FoldedTablesSection("details", "All tables", "All tables", details),
        new FoldedTablesSection("runs", "Settings, weights and environment", "Settings", runs));
  }

  /** Which splits of each data set were evaluated, a sentence for each. */
  List<String> evaluated() {
    Titles titles = Titles.of(introduction.dataSets());
    return introduction.dataSets().stream()
        .map(
            set ->
                "%s: %s."
                    .formatted(
                        titles.dataSet(set.name()),
                        set.splits().stream()
                            .map(split -> titles.split(set.name(), split))
                            .collect(Collectors.joining("; "))))
        .toList();
  }

  /** The page as one HTML file. */
  public String html() {
    return new HtmlPage(this).render();
  }
}
