package io.videottt.reports.page;

import io.videottt.reports.Titles;
import io.videottt.reports.player.ClipTitles;
import io.videottt.reports.player.Player;
import io.videottt.reports.player.PlayerData;
import io.videottt.reports.player.Strip;
import io.videottt.reports.table.HtmlText;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The section of frames: a player over the videos of which there are pictures. Where no script
 * runs, and on paper, a {@link Strip} of the first video takes its place.
 *
 * @param player what is shown
 * @param titles of data sets, splits and videos
 */
record FramesSection(Player player, Titles titles) implements PageSection {

  @Override
  public String id() {
    return "frames";
  }

  @Override
  public String title() {
    return "Frames over time";
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
  public List<String> scripts() {
    return player.clips().isEmpty() ? List.of() : List.of("player.js");
  }

  @Override
  public List<String> styles() {
    return player.clips().isEmpty() ? List.of() : List.of("player.css");
  }

  @Override
  public String body() {
    String note = "<p>%s</p>\n".formatted(HtmlText.escape(player.note()));
    if (player.clips().isEmpty()) {
      return note;
    }
    return note
        + controls()
        + strip(new Strip(player.clips().get(0), new ClipTitles(titles)))
        + new PlayerData(player.clips(), titles).html();
  }

  /** Empty until the script fills it: it is hidden without one. */
  private static String controls() {
    return """
           <div id="player" class="player" hidden>
           <div class="choices">
           <label>Results <select id="player-scene"></select></label>
           <label>Video <select id="player-video"></select></label>
           <label>Method <select id="player-method"></select></label>
           </div>
           <div class="pictures" id="player-pictures">
           %s%s%s%s</div>
           <div class="steps">
           <button type="button" id="player-play">Play</button>
           <button type="button" id="player-back" aria-label="One picture back">&#9664;</button>
           <input type="range" id="player-frame" min="0" value="0" step="1" aria-label="Frame">
           <button type="button" id="player-on" aria-label="One picture on">&#9654;</button>
           <span id="player-spacing"></span>
           </div>
           <p class="scores" id="player-words" aria-live="polite"></p>
           <div class="chart">
           <div class="scale"><span id="player-high"></span><span id="player-low"></span></div>
           <div id="player-chart" role="img"></div>
           <div class="ends"><span>frame 0</span><span id="player-end"></span></div>
           </div>
           <p class="chart-legend" id="player-legend"></p>
           <p class="steps">
           <button type="button" id="player-gain">To the largest gain</button>
           <button type="button" id="player-loss">To the largest loss</button>
           </p>
           </div>
           """
        .formatted(
            panel("input", "Input", ""),
            panel("truth", "Ground truth", " class=\"map\""),
            panel("fixed", "Fixed model", " class=\"map\""),
            panel("adapted", "Method", " class=\"map\""));
  }

  private static String panel(String id, String title, String kind) {
    return ("<figure id=\"player-%s\"><img alt=\"%s\"%s hidden><span class=\"none\">no picture"
            + "</span><figcaption>%s</figcaption></figure>\n")
        .formatted(id, title, kind, title);
  }

  private static String strip(Strip strip) {
    StringBuilder html = new StringBuilder("<div class=\"strip\" id=\"strip\">\n");
    String title = HtmlText.escape(strip.title());
    html.append("<h3>%s</h3>\n".formatted(title));
    html.append(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table>\n<thead><tr><td></td>"
            .formatted(title));
    for (int place : strip.places()) {
      html.append(
          "<th scope=\"col\">frame %d</th>".formatted(strip.clip().frames().get(place).index()));
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (Strip.Row row : strip.rows()) {
      html.append("<tr><th scope=\"row\">%s</th>".formatted(HtmlText.escape(row.title())));
      strip.places().forEach(place -> html.append(cell(row, place)));
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table>\n</div>\n");
    html.append("<p class=\"note\">%s</p>\n</div>\n".formatted(HtmlText.escape(strip.caption())));
    return html.toString();
  }

  private static String cell(Strip.Row row, int place) {
    Optional<byte[]> file = row.picture(place);
    String picture =
        file.isEmpty()
            ? "no picture"
            : "<img alt=\"%s\" src=\"data:%s;base64,%s\">"
                .formatted(
                    HtmlText.escape(row.title()),
                    HtmlText.escape(row.film().mediaType()),
                    Base64.getEncoder().encodeToString(file.get()));
    String value = row.value(place);
    return "<td>%s%s</td>".formatted(picture, value.isEmpty() ? "" : "<span>" + value + "</span>");
  }
}
