package io.videottt.catalog.film;

import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.image.Orientation;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameReader;
import io.videottt.catalog.video.GroundTruth;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** One way through a file. The decoder stays where the last frame was. */
final class FilmReader implements FrameReader {

  private final Film film;
  private final Path file;
  private final int[] chosen;
  private final VideoFilesLayout layout;
  private final FrameTimes times;
  private final Configuration hadoop;
  private Demuxer demuxer;
  private FrameDecoder decoder;
  private RgbScaler scaler;

  /** The number of the frame that the decoder gives next, where nothing is missing. */
  private int next;

  FilmReader(
      Film film,
      Path file,
      int[] chosen,
      VideoFilesLayout layout,
      FrameTimes times,
      Configuration hadoop) {
    this.film = film;
    this.file = file;
    this.chosen = chosen;
    this.layout = layout;
    this.times = times;
    this.hadoop = hadoop;
  }

  @Override
  public Frame read(int index) {
    int wanted = chosen[index];
    try {
      int start = times.startBefore(wanted);
      if (decoder == null) {
        open();
      }
      if (start > next || wanted < next) {
        jump(start);
      }
      RgbImage image = decode(wanted);
      return new Frame(index, film.frameName(index), image, GroundTruth.none());
    } catch (BrokenFilm e) {
      close();
      throw FileProblem.unreadable(
          file.toString(),
          String.format(
              Locale.ROOT,
              "breaks at frame %d (second %.2f): %s",
              Math.min(next, times.count() - 1),
              times.seconds(Math.min(next, times.count() - 1)),
              e.getMessage()));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void open() {
    demuxer = Demuxer.open(file, hadoop);
    decoder = new FrameDecoder(demuxer);
    scaler = new RgbScaler();
    next = 0;
  }

  private void jump(int start) {
    if (start > 0 && decoder.seek(times.time(start))) {
      next = start;
      return;
    }
    if (next > 0) {
      close();
      open();
    }
  }

  private RgbImage decode(int wanted) {
    while (true) {
      AVFrame frame = decoder.next();
      if (frame == null) {
        throw new BrokenFilm("its data ends too early");
      }
      int number = times.at(decoder.time());
      // Of two frames of one time the second follows the first.
      if (number < next && next < times.count() && times.time(next) == decoder.time()) {
        number = next;
      }
      if (number > wanted) {
        throw new BrokenFilm("the frame is missing");
      }
      if (number >= next) {
        next = number + 1;
      }
      if (number == wanted) {
        return image(frame);
      }
    }
  }

  private RgbImage image(AVFrame frame) {
    Orientation orientation = times.orientation();
    FrameDecoder.requireSize(file.toString(), frame.width(), frame.height());
    boolean scaled = layout.height() > 0;
    int height = scaled ? layout.height() : frame.height();
    int width = scaled ? layout.width() : frame.width();
    if (!scaled
        && (frame.height() != demuxer.parameters().height()
            || frame.width() != demuxer.parameters().width())) {
      throw new BrokenFilm(
          "it is %d x %d, the frames before it %d x %d (width x height); give the layout a height and a width"
              .formatted(
                  width, height, demuxer.parameters().width(), demuxer.parameters().height()));
    }
    boolean exchanged = scaled && orientation.exchangesSides();
    return orientation.upright(
        scaler.convert(frame, exchanged ? height : width, exchanged ? width : height));
  }

  @Override
  public void close() {
    if (scaler != null) {
      scaler.close();
      scaler = null;
    }
    if (decoder != null) {
      decoder.close();
      decoder = null;
    }
    if (demuxer != null) {
      demuxer.close();
      demuxer = null;
    }
  }
}
