package io.videottt.reports.player;

import io.videottt.reports.DataSetSummary;
import io.videottt.reports.Titles;
import io.videottt.reports.figure.FigureFormat;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Videos with pictures, to be looked at frame by frame.
 *
 * @param note what is shown of what there is, or why there is nothing, whole sentences
 * @param clips those of one evaluation set and model together
 * @param styles numbers of the methods' colours and marks, by id
 */
public record Player(String note, List<Clip> clips, Map<String, Integer> styles) {

  /** Of methods that say nothing of their colours. */
  public Player(String note, List<Clip> clips) {
    this(note, clips, Map.of());
  }

  /** Keeps list and map from being changed. */
  public Player {
    clips = List.copyOf(clips);
    styles = Map.copyOf(styles);
  }

  /**
   * A few frames of every clip as a PNG picture for documents, by file name stem. Drawing needs
   * fonts, see {@link FigureFormat#requireFonts}.
   *
   * @param dataSets what data sets, splits and videos are called
   * @param decoder pixels of a picture's file; empty for a file that is no picture, whose place
   *     stays empty
   */
  public Map<String, byte[]> strips(
      List<DataSetSummary> dataSets, Function<byte[], Optional<BufferedImage>> decoder) {
    ClipTitles titles = new ClipTitles(Titles.of(dataSets));
    Map<String, byte[]> strips = new LinkedHashMap<>();
    for (Clip clip : clips) {
      Strip strip = new Strip(clip, titles);
      strips.put(strip.name(), StripPicture.draw(strip, decoder));
    }
    return strips;
  }
}
