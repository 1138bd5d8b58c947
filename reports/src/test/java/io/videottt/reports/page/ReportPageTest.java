package io.videottt.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.reports.figure.DrawnFigure;
import io.videottt.reports.figure.SampleFigures;
import io.videottt.reports.table.Table;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {

  private static final String HTML = SamplePage.page().html();

  @Test
  void theSameResultsGiveTheSamePage() {
    assertThat(SamplePage.page().html()).isEqualTo(HTML);
  }

  @Test
  void namesInResultsNeverBecomeMarkup() {
    assertThat(HTML)
        .doesNotContain("<script>document", "<img src=x")
        .contains("&lt;script&gt;document.title='taken'&lt;/script&gt;");
    // The page's script, the player's, and its data: three clips, ten films and what they are of.
    assertThat(HTML.split("<script", -1)).hasSize(1 + 2 + 3 + 10 + 1);
    assertThat(HTML.split("<script>", -1)).hasSize(1 + 2);
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    assertThat(
            Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(HTML)
                .results()
                .map(link -> link.group(1)))
        .isNotEmpty()
        .filteredOn(link -> !(link.startsWith("data:") || link.startsWith("#")))
        // It is followed by who clicks on it, and loaded by nobody else.
        .containsExactly("../videos/video=a%20b/one.mp4");
    assertThat(HTML).contains("default-src 'none'").doesNotContain("@import", "url(http");
  }

  @Test
  void everythingIsOnThePage() {
    assertThat(HTML)
        .contains(
            "results of 2026-01-02T03:04:05Z",
            "<p class=\"answer\">Online TTT-MAE gains 5.5 points.</p>",
            "<dt>Online TTT-MAE</dt><dd>Trains.</dd>",
            "<h3>Controls</h3>",
            "<li><span style=\"background:#804080\"></span>road</li>",
            "id=\"sortable\"",
            "<b>10.25</b>",
            "id=\"details-table\"",
            "A video frame by frame.",
            "<h3>dusk: Embedded street scenes, test: semantic segmentation, model tiny</h3>",
            "5 of the video's 20 frames. Below the predictions: mIoU in that frame, percent.",
            "id=\"environment\"",
            "controls (ours, not the paper's)");
    assertThat(HTML.split("<svg", -1)).hasSize(SampleFigures.all().size() + 1);
    // The player's four, and the strip's without the truth that is not there.
    assertThat(HTML.split("<img", -1)).hasSize(1 + 4 + 19);
  }

  @Test
  void videosBesideThePageAreNamedAndLinkedWhereTheyCanBeReached() {
    assertThat(HTML)
        .contains(
            "<summary>5 videos side by side</summary>",
            "files in file:/results/videos, not in this page. The first 2 are named.",
            "<li><a href=\"../videos/video=a%20b/one.mp4\">dusk: &lt;/td&gt;",
            "<li>dawn</li>");
    assertThat(ReportPage.isAnchor("comparisons")).isTrue();
  }

  @Test
  void aPageWithoutFiguresSaysWhy() {
    ReportPage page = SamplePage.page();
    String html =
        new ReportPage(
                page.data(),
                page.date(),
                page.introduction(),
                page.summary(),
                page.details(),
                List.of(),
                "this system has no fonts <none>\ninstall one",
                page.player(),
                VideoLinks.NONE,
                page.runs())
            .html();

    assertThat(html)
        .contains(
            "<h2>Figures</h2>\n<p>this system has no fonts &lt;none&gt;</p>\n<p>install one</p>",
            "id=\"sortable\"",
            "id=\"details-table\"",
            "id=\"environment\"")
        .doesNotContain("<svg", "href=\"#figures\"");
    assertThat(HTML).contains("href=\"#figures\"").doesNotContain("no fonts");
  }

  @Test
  void whatAllTablesOfASectionNoteIsSaidOnce() {
    Table one = SamplePage.sortable().withNotes(List.of("Of both.", "Of the first."));
    Table other = SamplePage.sortable().withNotes(List.of("Of both."));

    String both =
        PageOutput.html(
            new TablesSection("results", "Results", "Results", List.of(one, other)).body());
    String alone =
        PageOutput.html(new TablesSection("results", "Results", "Results", List.of(one)).body());

    assertThat(both.split("Of both\\.", -1)).hasSize(2);
    assertThat(both)
        .contains("<p class=\"note\">Of the first.</p>")
        .contains("Of each of these tables:</p>\n<ul class=\"note\">\n<li>Percent.</li>");
    assertThat(alone).contains("<p class=\"note\">Of both.</p>").doesNotContain("each of these");
  }

  @Test
  void atMostADozenFiguresStandBeforeTheFold() {
    DrawnFigure figure = DrawnFigure.of(SampleFigures.all().get(0));
    String thirteen =
        PageOutput.html(new FiguresSection(Collections.nCopies(13, figure), "").body());
    String twelve = PageOutput.html(new FiguresSection(Collections.nCopies(12, figure), "").body());

    assertThat(thirteen).contains("<details><summary>More figures (1)</summary>");
    assertThat(thirteen.substring(0, thirteen.indexOf("<details>")).split("<svg", -1)).hasSize(13);
    assertThat(twelve).doesNotContain("<details>");
  }

  @Test
  void controlCharactersAreReplaced() {
    String hidden = "a\u0000b\u001b\n\u202e<'\"&";
    FiguresSection section = new FiguresSection(List.of(), hidden);

    assertThat(PageOutput.html(section.body()))
        .contains("<p>a\ufffdb\ufffd</p>\n<p>\ufffd&lt;'\"&amp;</p>");
    assertThat(
            PageOutput.html(
                PageOutput.content(
                    (output, interceptor, text) -> {
                      output.setContext("p", "title");
                      output.writeUserContent(text);
                    },
                    hidden)))
        .isEqualTo("a\ufffdb\ufffd\n\ufffd&lt;&#39;&#34;&amp;");
  }

  @Test
  void everyAnchorIsOneTablesOrKnownAsThePages() {
    assertThat(
            Pattern.compile(" id=\"([^\"]*)\"")
                .matcher(HTML.replaceAll("(?s)<svg.*?</svg>", ""))
                .results()
                .map(id -> id.group(1)))
        .doesNotHaveDuplicates()
        .allMatch(
            id ->
                ReportPage.isAnchor(id)
                    || List.of("wide", "sortable", "details-table", "environment")
                        .contains(id.replace("-caption", "")))
        .anyMatch(id -> id.equals("film-0"));
  }
}
