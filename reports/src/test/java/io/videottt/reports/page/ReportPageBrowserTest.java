package io.videottt.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ReportPageBrowserTest extends SamplePageInBrowser {

  private static final int MOST_SHEETS = 10;
  private static final int LARGEST_PAGE = 1 << 20;
  private static final Pattern ADDRESS = Pattern.compile("\"url\":\"([a-z]+):");

  @Test
  void thePageLoadsNothingAndReportsNoError() throws IOException {
    browser().open(page());

    assertThat(browser().console()).isEmpty();
    assertThat(browser().requests(page()))
        .isNotEmpty()
        .allMatch(
            request ->
                ADDRESS
                    .matcher(request)
                    .results()
                    .allMatch(scheme -> List.of("file", "data").contains(scheme.group(1))));
    assertThat(browser().value("return document.title")).isNotEqualTo("taken");
    assertThat(Files.size(Path.of(page()))).isLessThan(LARGEST_PAGE);
  }

  @Test
  void everyPictureIsShown() {
    browser().open(page());

    assertThat(
            browser()
                .value(
                    "return Array.from(document.images).every(i => i.complete && i.naturalWidth >"
                        + " 0) && document.images.length"))
        .isEqualTo(4L + 19);
    assertThat(
            browser()
                .value(
                    "return Array.from(document.querySelectorAll('svg'))"
                        + ".every(s => s.getBBox().width > 600)"))
        .isEqualTo(true);
  }

  @Test
  void pressingAHeadingSortsByNumberWithDashesLast() {
    browser().open(page());

    assertThat(methods()).isEqualTo("b a d c control");
    press(1);
    assertThat(methods()).isEqualTo("a b c d control");
    assertThat(order(1)).isEqualTo("descending");
    press(1);
    assertThat(methods()).isEqualTo("c b a d control");
    press(1);
    assertThat(methods()).isEqualTo("b a d c control");
    press(0);
    assertThat(methods()).isEqualTo("a b c d control");
    assertThat(order(0)).isEqualTo("ascending");
    assertThat(order(1)).isNull();
  }

  private static void press(int column) {
    browser()
        .value("document.querySelectorAll('#sortable th button')[%d].click()".formatted(column));
  }

  private static Object order(int column) {
    return browser()
        .value(
            "return document.querySelectorAll('#sortable thead th')[%d].getAttribute('aria-sort')"
                .formatted(column));
  }

  private static Object methods() {
    return browser()
        .value(
            "return Array.from(document.querySelectorAll('#sortable tbody tr')).map(r =>"
                + " r.querySelector('td')).filter(c => c).map(c => c.textContent).join(' ')");
  }

  @Test
  void aPhoneNeedsNoSidewaysScrollingOfThePage() {
    browser().asOnAPhone();
    browser().open(page());

    assertThat(browser().value("return innerWidth")).isEqualTo(390L);
    assertThat(browser().value("return document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    assertThat(
            browser()
                .value(
                    "const box = document.querySelector('#wide .scroll');"
                        + " return box.scrollWidth > box.clientWidth"))
        .isEqualTo(true);
  }

  @Test
  void onPaperTablesAreNotCutAndTheNavigationIsLeftOut() {
    browser().asPrinted();
    browser().open(page());

    assertThat(browser().value("return getComputedStyle(document.querySelector('nav')).display"))
        .isEqualTo("none");
    assertThat(
            browser()
                .value(
                    "return Array.from(document.querySelectorAll('main > section > .table table'))"
                        + ".every(t => t.getBoundingClientRect().right <= innerWidth"
                        + " && getComputedStyle(t.parentElement).overflowX === 'visible')"))
        .isEqualTo(true);
    browser().value("dispatchEvent(new Event('beforeprint'))");
    assertThat(browser().value("return document.querySelector('#unprinted').textContent"))
        .isEqualTo(
            "Not printed: the player (five frames of its first video stand in its place), and what"
                + " is folded on this page (3; open it before printing to have it).");
    assertThat(
            browser()
                .value(
                    "return"
                        + " getComputedStyle(document.querySelector('details:not([open])')).display"))
        .isEqualTo("none");
    browser().value("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    browser().value("dispatchEvent(new Event('beforeprint'))");
    assertThat(browser().value("return document.querySelector('#unprinted').textContent"))
        .isEqualTo("Not printed: the player (five frames of its first video stand in its place).");
  }

  @Test
  void whatIsNotPrintedIsSaidOnTheFirstSheetAndTakesNoneOfItsOwn() {
    browser().open(page());
    int sheets = browser().sheets();

    assertThat(
            browser()
                .value("return document.querySelector('#unprinted').closest('header') !== null"))
        .isEqualTo(true);
    browser().value("document.querySelector('#unprinted').style.display = 'none'");
    assertThat(browser().sheets()).isEqualTo(sheets).isLessThanOrEqualTo(MOST_SHEETS);
  }

  @Test
  void axeFindsNothingToMendOnADeskOnAPhoneAndInTheDark() throws IOException {
    String axe = resource("/axe.min.js");
    for (Runnable look :
        List.<Runnable>of(browser()::asOnADesk, browser()::asOnAPhone, browser()::inTheDark)) {
      look.run();
      browser().open(page());
      browser().value("document.querySelectorAll('details').forEach(d => { d.open = true; })");
      browser().value(axe);
      assertThat(
              browser()
                  .later(
                      "axe.run().then(r => done(r.violations.flatMap(v =>"
                          + " v.nodes.map(n => v.id + ': ' + n.html))))"))
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .isEmpty();
      assertThat(browser().later("axe.run().then(r => done(r.passes.length))"))
          .isInstanceOfSatisfying(Long.class, passes -> assertThat(passes).isGreaterThan(20));
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ReportPageBrowserTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aTablesHeadingMayBeRepeatedOnEveryPageOfAPrint() {
    browser().asPrinted();
    browser().open(page());

    // What Chromium asks for before it repeats a heading.
    assertThat(
            browser()
                .value(
                    "return Array.from(document.querySelectorAll('thead')).every(h =>"
                        + " getComputedStyle(h).display === 'table-header-group'"
                        + " && getComputedStyle(h).breakInside === 'avoid')"))
        .isEqualTo(true);
    assertThat(
            browser()
                .value(
                    "return Array.from(document.querySelectorAll('thead button')).every(b =>"
                        + " getComputedStyle(b).display === 'contents')"))
        .as("buttons are not painted in a repeated heading")
        .isEqualTo(true);
  }
}
