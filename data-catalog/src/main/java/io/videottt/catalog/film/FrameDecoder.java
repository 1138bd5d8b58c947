package io.videottt.catalog.film;

import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.image.ImageDecoder;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The frames of a demuxer's packets in the order in which they are shown. One thread and only what
 * has the same bits on every processor: frames do not depend on the machine. Not thread-safe.
 */
final class FrameDecoder implements AutoCloseable {

  private static final long NO_TIME = avutil.AV_NOPTS_VALUE;

  private final Demuxer demuxer;
  private final AVCodecContext context;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private boolean drained;
  private long time = NO_TIME;
  private long step = 1;

  /**
   * Packets before this time belong to frames that cannot be decoded after a seek, and need not.
   */
  private long seekTime = Long.MIN_VALUE;

  FrameDecoder(Demuxer demuxer) {
    this.demuxer = demuxer;
    AVCodec codec = avcodec.avcodec_find_decoder(demuxer.parameters().codec_id());
    this.context = avcodec.avcodec_alloc_context3(codec);
    avcodec.avcodec_parameters_to_context(context, demuxer.parameters());
    context.pkt_timebase(demuxer.timeBase());
    context.thread_count(1);
    context.flags(context.flags() | avcodec.AV_CODEC_FLAG_BITEXACT);
    context.max_pixels(ImageDecoder.MAXIMUM_PIXELS);
    if (demuxer.parameters().codec_id() == avcodec.AV_CODEC_ID_MJPEG) {
      // A picture that is cut off is an error only then.
      context.err_recognition(avcodec.AV_EF_EXPLODE);
    }
    int status = avcodec.avcodec_open2(context, codec, (AVDictionary) null);
    if (status < 0) {
      close();
      throw FileProblem.unreadable(
          demuxer.source(), "its video cannot be decoded: " + Ffmpeg.message(status));
    }
  }

  /**
   * Checks the size of frames.
   *
   * @throws FileProblem when they are too large to be decoded, or empty
   */
  static void requireSize(String source, long width, long height) {
    if (width < 1 || height < 1 || width > ImageDecoder.MAXIMUM_PIXELS / height) {
      throw FileProblem.unreadable(
          source,
          "frames of %d x %d pixels, at most %d megapixels are read"
              .formatted(width, height, ImageDecoder.MAXIMUM_PIXELS >> 20));
    }
  }

  /**
   * Decodes the next frame.
   *
   * @return the frame, which is valid until the next call; null after the last
   * @throws BrokenFilm when the file is damaged there
   */
  AVFrame next() {
    while (true) {
      int status = avcodec.avcodec_receive_frame(context, frame);
      if (status == 0) {
        tellTime();
        if (damaged()) {
          if (time != NO_TIME && time < seekTime) {
            continue;
          }
          throw new BrokenFilm("its data is damaged");
        }
        return frame;
      }
      if (status == avutil.AVERROR_EOF) {
        return null;
      }
      if (status != avutil.AVERROR_EAGAIN()) {
        throw new BrokenFilm(Ffmpeg.message(status));
      }
      send();
    }
  }

  private boolean damaged() {
    return frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
  }

  private void send() {
    if (drained) {
      throw new BrokenFilm("its data ends too early");
    }
    if (!demuxer.next(packet)) {
      drained = true;
      avcodec.avcodec_send_packet(context, null);
      return;
    }
    long packetTime = packet.pts();
    int status = avcodec.avcodec_send_packet(context, packet);
    avcodec.av_packet_unref(packet);
    if (status < 0 && !(packetTime != NO_TIME && packetTime < seekTime)) {
      throw new BrokenFilm(Ffmpeg.message(status));
    }
  }

  /**
   * When the frame last returned is shown, on the stream's clock. Of the last frames of an AVI
   * nothing is told: they follow as those before them did.
   */
  long time() {
    return time;
  }

  private void tellTime() {
    long told = frame.best_effort_timestamp();
    if (told == NO_TIME && time != NO_TIME) {
      told = time + step;
    } else if (told != NO_TIME && time != NO_TIME && told > time) {
      step = told - time;
    }
    time = told;
  }

  /**
   * Goes on with the frame of a time, which needs no other.
   *
   * @return whether that was possible
   */
  boolean seek(long time) {
    if (!demuxer.seek(time)) {
      return false;
    }
    avcodec.avcodec_flush_buffers(context);
    drained = false;
    this.time = NO_TIME;
    seekTime = time;
    return true;
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
