package io.videottt.catalog.film;

import io.videottt.base.FailureReason;
import io.videottt.catalog.file.FileProblem;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;

/**
 * The packets of a file's video stream. Only the containers and codecs that are named here are
 * opened, and no file but this one, whatever it asks for. Not thread-safe.
 */
final class Demuxer implements AutoCloseable {

  private static final String CONTAINERS = "mov,mp4,matroska,webm,avi";

  /** By FFmpeg's numbers. */
  private static final Map<Integer, String> CODECS =
      Map.of(
          avcodec.AV_CODEC_ID_H264, "h264",
          avcodec.AV_CODEC_ID_HEVC, "hevc",
          avcodec.AV_CODEC_ID_VP9, "vp9",
          avcodec.AV_CODEC_ID_MPEG4, "mpeg4",
          avcodec.AV_CODEC_ID_MJPEG, "mjpeg");

  private static final int MOST_STREAMS = 64;
  private static final int MATRIX_NUMBERS = 9;

  private final String source;
  private final FilmInput input;
  private final AVFormatContext context;
  private final AVStream stream;

  private Demuxer(String source, FilmInput input, AVFormatContext context, AVStream stream) {
    this.source = source;
    this.input = input;
    this.context = context;
    this.stream = stream;
  }

  /**
   * Opens a file.
   *
   * @throws FileProblem naming it, when it is no video that is read here
   */
  static Demuxer open(Path file, Configuration hadoop) {
    Ffmpeg.require();
    String source = file.toString();
    FilmInput input = FilmInput.open(file, hadoop);
    AVFormatContext context = null;
    try {
      if (input.length() == 0) {
        throw FileProblem.unreadable(source, "the file is empty; copy it again");
      }
      context = open(source, input);
      return new Demuxer(source, input, context, videoStream(source, context));
    } catch (RuntimeException | Error e) {
      if (context != null) {
        avformat.avformat_close_input(context);
      }
      input.close();
      throw e;
    }
  }

  private static AVFormatContext open(String source, FilmInput input) {
    AVFormatContext context = avformat.avformat_alloc_context();
    context.pb(input.context());
    context.flags(
        context.flags()
            | AVFormatContext.AVFMT_FLAG_CUSTOM_IO
            | AVFormatContext.AVFMT_FLAG_BITEXACT);
    context.max_streams(MOST_STREAMS);
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
    avutil.av_dict_set(options, "codec_whitelist", String.join(",", CODECS.values()), 0);
    // No protocol has this name: a file cannot make the library open another.
    avutil.av_dict_set(options, "protocol_whitelist", "none", 0);
    int status = avformat.avformat_open_input(context, "", (AVInputFormat) null, options);
    avutil.av_dict_free(options);
    // Where opening fails, FFmpeg has freed the context.
    if (status < 0) {
      throw input
          .failure()
          .map(e -> FileProblem.unreadable(source, "cannot be read: " + FailureReason.of(e)))
          .orElseGet(
              () ->
                  FileProblem.unreadable(
                      source,
                      "no video that is read here (%s): MP4, MOV, MKV, WebM and AVI files are; it may be cut off or another kind of file"
                          .formatted(Ffmpeg.message(status))));
    }
    int found = avformat.avformat_find_stream_info(context, (AVDictionary) null);
    if (found < 0) {
      avformat.avformat_close_input(context);
      throw FileProblem.unreadable(
          source, "its streams cannot be found: %s".formatted(Ffmpeg.message(found)));
    }
    return context;
  }

  private static AVStream videoStream(String source, AVFormatContext context) {
    AVStream chosen = null;
    for (int i = 0; i < context.nb_streams(); i++) {
      AVStream stream = context.streams(i);
      boolean video = stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO;
      boolean cover = (stream.disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0;
      if (video && !cover && chosen == null) {
        chosen = stream;
      } else {
        stream.discard(avcodec.AVDISCARD_ALL);
      }
    }
    if (chosen == null) {
      throw FileProblem.unreadable(source, "has no video stream");
    }
    AVCodecParameters parameters = chosen.codecpar();
    if (!CODECS.containsKey(parameters.codec_id())) {
      throw FileProblem.unreadable(
          source,
          "its video is coded as %s; H.264, HEVC, VP9, MPEG-4 and MJPEG are read"
              .formatted(avcodec.avcodec_get_name(parameters.codec_id()).getString()));
    }
    FrameDecoder.requireSize(source, parameters.width(), parameters.height());
    return chosen;
  }

  String source() {
    return source;
  }

  AVCodecParameters parameters() {
    return stream.codecpar();
  }

  AVRational timeBase() {
    return stream.time_base();
  }

  /** Frames that the file's index lists; 0 where it has none before its end. */
  int indexed() {
    return avformat.avformat_index_get_entries_count(stream);
  }

  /** Whether the file is shorter than its first bytes say. */
  boolean cutOff() {
    return input.cutOff();
  }

  /** Whether the file is an AVI, which does not tell when frames are shown. */
  boolean avi() {
    return context.iformat().name().getString().equals("avi");
  }

  /**
   * Reads the next packet of the video.
   *
   * @return whether there was one
   * @throws FileProblem when the file is damaged or ends within it
   */
  boolean next(AVPacket packet) {
    while (true) {
      int status = avformat.av_read_frame(context, packet);
      if (input.failure().isPresent()) {
        throw FileProblem.unreadable(
            source, "cannot be read: " + FailureReason.of(input.failure().get()));
      }
      if (status == avutil.AVERROR_EOF) {
        return false;
      }
      if (status < 0) {
        throw new BrokenFilm(Ffmpeg.message(status));
      }
      if (packet.stream_index() == stream.index()) {
        if ((packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0) {
          throw new BrokenFilm("the file is cut off or damaged");
        }
        return true;
      }
      avcodec.av_packet_unref(packet);
    }
  }

  /** Goes to the last frame at or before a time that needs no other. */
  boolean seek(long time) {
    return avformat.av_seek_frame(context, stream.index(), time, avformat.AVSEEK_FLAG_BACKWARD)
        >= 0;
  }

  /**
   * How frames are turned to be seen upright: three rows of a matrix; null where it says nothing.
   */
  int[] displayMatrix() {
    AVCodecParameters parameters = stream.codecpar();
    AVPacketSideData data =
        avcodec.av_packet_side_data_get(
            parameters.coded_side_data(),
            parameters.nb_coded_side_data(),
            avcodec.AV_PKT_DATA_DISPLAYMATRIX);
    if (data == null || data.isNull() || data.size() < (long) MATRIX_NUMBERS * Integer.BYTES) {
      return null;
    }
    int[] matrix = new int[MATRIX_NUMBERS];
    new IntPointer(data.data()).get(matrix);
    return matrix;
  }

  @Override
  public void close() {
    avformat.avformat_close_input(context);
    input.close();
  }
}
