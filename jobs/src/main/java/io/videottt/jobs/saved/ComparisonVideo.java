package io.videottt.jobs.saved;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.film.FilmFormat;
import io.videottt.catalog.film.FilmWriter;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.Video;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.drawing.ImageFiles;
import io.videottt.jobs.drawing.Overlays;
import io.videottt.jobs.drawing.PredictionOverlay;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A video of a video's frames beside each other: the input, the ground truth where there is any,
 * and what several units predicted, with the metric of the frame and its mean so far in the corner.
 * Made of the small pictures that units keep, one frame in memory at a time.
 *
 * @param task of the predictions
 * @param drawing of the ground truth
 * @param withTruth whether the ground truth has a place
 * @param columns the predictions, at least one
 * @param perRow most pictures in a row; where they do not fill their rows, the place after the
 *     input is empty
 */
public record ComparisonVideo(
    Task task, PredictionOverlay drawing, boolean withTruth, List<Column> columns, int perRow) {

  private static final int GAP = 4;
  private static final int LETTERS = 26;
  private static final int SMALLEST_LETTERS = 12;
  private static final Color BEHIND_LETTERS = new Color(0, 0, 0, 160);
  private static final int EMPTY = 0x202020;

  /**
   * The predictions of a unit.
   *
   * @param title what they are called
   * @param pictures folder of its small pictures
   * @param values of the metric, one for every frame of the video; null where a frame has none
   */
  public record Column(String title, Path pictures, List<Double> values) {

    /** Keeps the values, which may be null. */
    public Column {
      values = new ArrayList<>(values);
    }
  }

  /** A picture and what stands in its corners. */
  private record Place(BufferedImage picture, String title, String metric) {}

  /**
   * Writes the video.
   *
   * @param video opened for the task
   * @param folder of the file
   * @param name of the file, without extension
   * @param temporaryFolder where it is copied before it is renamed
   * @return the file
   * @throws InvalidInputException when a frame or picture cannot be read, or the file not be
   *     written
   */
  public Path write(
      Video video, Path folder, String name, Path temporaryFolder, Configuration hadoop) {
    ImageFiles files = new ImageFiles(hadoop);
    Path file = null;
    FilmWriter writer = null;
    Panel.Size size = null;
    Means means = new Means(columns.size());
    try (FrameStream frames = video.stream()) {
      while (frames.hasNext()) {
        Frame frame = frames.next();
        if (writer == null) {
          size = Panel.size(frame.image().height(), frame.image().width());
          int width = length(inARow(), size.width());
          int height = length(rows(), size.height());
          FilmFormat format = FilmFormat.of(height, width);
          file = Storage.child(folder, name + "." + format.extension());
          writer =
              new FilmWriter(file, temporaryFolder, hadoop, height, width, video.framesPerSecond());
        }
        writer.write(Overlays.image(beside(places(frame, files, means), size)));
      }
      if (writer == null) {
        throw new InvalidInputException("video %s has no frame".formatted(video.id()));
      }
      writer.finish();
      return file;
    } finally {
      if (writer != null) {
        writer.close();
      }
    }
  }

  private int count() {
    return columns.size() + (withTruth ? 2 : 1);
  }

  private int inARow() {
    return Math.min(perRow, count());
  }

  private int rows() {
    return (count() + inARow() - 1) / inARow();
  }

  private static int length(int pictures, int side) {
    return pictures * side + (pictures - 1) * GAP;
  }

  /** The place of a picture, from 0, row by row. */
  private int place(int picture) {
    return picture == 0 ? 0 : picture + rows() * inARow() - count();
  }

  /** The means of the columns over the frames so far. */
  private static final class Means {

    private final double[] sums;
    private final int[] counts;

    Means(int columns) {
      this.sums = new double[columns];
      this.counts = new int[columns];
    }

    double add(int column, double value) {
      sums[column] += value;
      return sums[column] / ++counts[column];
    }
  }

  private List<Place> places(Frame frame, ImageFiles files, Means means) {
    List<Place> places = new ArrayList<>();
    places.add(new Place(Overlays.picture(frame.image()), "input", ""));
    if (withTruth) {
      Optional<BufferedImage> truth = drawing.draw(frame.image(), frame.truth(), task);
      places.add(
          truth
              .map(picture -> new Place(picture, "truth", ""))
              .orElseGet(() -> new Place(null, "not annotated", "")));
    }
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      Path picture = Storage.child(column.pictures(), FrameFiles.picture(frame.name()));
      Double value = column.values().get(frame.index());
      places.add(
          new Place(
              Overlays.picture(files.read(picture)),
              column.title(),
              value == null ? "" : metric(value, means.add(i, value))));
    }
    return places;
  }

  private String metric(double value, double mean) {
    return String.format(
        Locale.ROOT, "%s %.1f %s (mean %.1f)", task.metric(), value, task.unit().symbol(), mean);
  }

  private BufferedImage beside(List<Place> places, Panel.Size size) {
    BufferedImage all =
        new BufferedImage(
            length(inARow(), size.width()),
            length(rows(), size.height()),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setFont(
          new Font(
              Font.SANS_SERIF, Font.PLAIN, Math.max(SMALLEST_LETTERS, size.width() / LETTERS)));
      FontMetrics letters = Overlays.letters(graphics, "titles");
      for (int i = 0; i < places.size(); i++) {
        Place place = places.get(i);
        int left = place(i) % inARow() * (size.width() + GAP);
        int top = place(i) / inARow() * (size.height() + GAP);
        if (place.picture() == null) {
          graphics.setColor(new Color(EMPTY));
          graphics.fillRect(left, top, size.width(), size.height());
        } else {
          graphics.drawImage(Panel.scaled(place.picture(), size), left, top, null);
        }
        write(graphics, letters, place.title(), left, top);
        int end = left + size.width() - letters.stringWidth(place.metric()) - LETTERS / 3;
        if (!place.metric().isEmpty()) {
          write(graphics, letters, place.metric(), end, top + size.height() - height(letters));
        }
      }
    } finally {
      graphics.dispose();
    }
    return all;
  }

  private static int height(FontMetrics letters) {
    return letters.getAscent() + letters.getDescent();
  }

  private static void write(
      Graphics2D graphics, FontMetrics letters, String text, int left, int top) {
    graphics.setColor(BEHIND_LETTERS);
    graphics.fillRect(left, top, letters.stringWidth(text) + LETTERS / 3, height(letters));
    graphics.setColor(Color.WHITE);
    graphics.drawString(text, left + LETTERS / 6, top + letters.getAscent());
  }
}
