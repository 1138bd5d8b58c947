package io.videottt.reports.player;

import io.videottt.base.Task;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.TimeLine;
import io.videottt.reports.TimeLine.Moment;
import io.videottt.reports.page.SamplePage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A player of three videos, every picture of a colour of its own. Of the first video every 4th of
 * 20 frames is shown; its last one has no ground truth, and LN Adapt has no picture of frame 6.
 */
public final class SamplePlayer {

  static final int LENGTH = 20;
  static final int WIDTH = 32;
  static final int HEIGHT = 24;
  static final List<Integer> FRAMES = List.of(2, 6, 10, 14, 18);
  static final double[] FIXED = {60.12345678901234, 50, 40, 30, Double.NaN};
  static final double[] ONLINE = {58, 55, 30, 60, Double.NaN};
  static final double[] NORMS = {61, 50, 40, 30, Double.NaN};

  private static final EvaluationSet SEMANTIC =
      new EvaluationSet("embedded", "test", Task.SEMANTIC);
  private static final EvaluationSet PANOPTIC =
      new EvaluationSet("embedded", "test", Task.PANOPTIC);

  private SamplePlayer() {}

  public static Player player() {
    Film input = film("image/jpeg", 0);
    return new Player(
        "A video frame by frame.",
        List.of(
            clip(
                SEMANTIC,
                "dusk",
                input,
                List.of(
                    track("mae-joint-training", "MAE Joint Training", FIXED, film("image/png", 2)),
                    track("online-ttt-mae", "Online TTT-MAE", ONLINE, film("image/png", 3)),
                    track("ln-adapt", "LN Adapt", NORMS, without(film("image/png", 4), 1)))),
            clip(
                SEMANTIC,
                SamplePage.HOSTILE,
                film("image/jpeg", 5),
                List.of(
                    track("mae-joint-training", "MAE Joint Training", FIXED, film("image/png", 6)),
                    track("ln-adapt", "LN Adapt", NORMS, film("image/png", 7)))),
            clip(
                PANOPTIC,
                "dusk",
                input,
                List.of(
                    track("mae-joint-training", "MAE Joint Training", ONLINE, film("image/png", 8)),
                    track(
                        "online-ttt-mae",
                        "Online TTT-MAE " + SamplePage.HOSTILE,
                        FIXED,
                        film("image/png", 9))))));
  }

  static Clip clip(EvaluationSet set, String video, Film input, List<Track> tracks) {
    return new Clip(
        set,
        "tiny",
        video,
        LENGTH,
        FRAMES.stream()
            .map(index -> new Clip.Frame(index, "%06d".formatted(index), index < 18))
            .toList(),
        input,
        without(film("image/png", 1), 4),
        tracks);
  }

  static Track track(String method, String title, double[] values, Film film) {
    List<Moment> moments = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      moments.add(new Moment(i, values[Math.min(i / 4, 3)], Double.NaN));
    }
    return new Track(
        new TimeLine(method, title, moments),
        film,
        Arrays.stream(values)
            .mapToObj(v -> Double.isNaN(v) ? OptionalDouble.empty() : OptionalDouble.of(v))
            .toList());
  }

  static Film film(String mediaType, int number) {
    return new Film(
        mediaType,
        IntStream.range(0, FRAMES.size())
            .mapToObj(frame -> Optional.of(picture(mediaType, 40 * frame << 8 | 25 * number)))
            .toList());
  }

  /** The film without one of its pictures. */
  private static Film without(Film film, int place) {
    List<Optional<byte[]>> pictures = new ArrayList<>(film.pictures());
    pictures.set(place, Optional.empty());
    return new Film(film.mediaType(), pictures);
  }

  private static byte[] picture(String mediaType, int rgb) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      picture.setRGB(i % WIDTH, i / WIDTH, rgb);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, mediaType.substring("image/".length()), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Optional<BufferedImage> decoded(byte[] file) {
    try {
      return Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
