package io.videottt.reports.page;

import gg.jte.Content;
import io.videottt.reports.Titles;
import io.videottt.reports.player.ClipTitles;
import io.videottt.reports.player.Player;
import io.videottt.reports.player.PlayerData;
import io.videottt.reports.player.ScriptData;
import io.videottt.reports.player.Strip;
import java.util.Base64;
import java.util.List;

/**
 * The section of frames: a player over the videos of which there are pictures. Where no script
 * runs, and on paper, a {@link Strip} of the first video takes its place.
 *
 * @param player what is shown
 * @param videos beside the page
 * @param titles of data sets, splits and videos
 */
record FramesSection(Player player, VideoLinks videos, Titles titles) implements PageSection {

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
  public Content body() {
    return PageOutput.content(JteframesGenerated::render, this);
  }

  /** Stands for the player; only where there are clips. */
  Strip strip() {
    return new Strip(player.clips().get(0), new ClipTitles(titles));
  }

  /** What the player's script reads. */
  List<ScriptData> data() {
    return new PlayerData(player.clips(), titles, player.styles()).elements();
  }

  /** A picture of a strip that is there, as an address that holds it. */
  static String source(Strip.Row row, int place) {
    return "data:%s;base64,%s"
        .formatted(
            row.film().mediaType(),
            Base64.getEncoder().encodeToString(row.picture(place).orElseThrow()));
  }
}
