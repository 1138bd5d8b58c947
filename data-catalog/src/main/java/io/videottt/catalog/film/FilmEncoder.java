package io.videottt.catalog.film;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * FFmpeg's encoder and muxer over a local file. Frames become luma and chroma of BT.709, chroma at
 * half the resolution, and the file says so; an odd last row or column is there twice. One thread:
 * the bytes do not depend on the machine's processors. Not thread-safe.
 */
final class FilmEncoder implements AutoCloseable {

  private static final int SCALER_FLAGS =
      swscale.SWS_BILINEAR | swscale.SWS_ACCURATE_RND | swscale.SWS_BITEXACT;

  private static final int ONE = 1 << 16;

  /** A player that is asked for a place starts at most so many seconds before it. */
  private static final double SECONDS_PER_START = 2;

  /** Rates that rate control is told of; when frames are shown is told by their times. */
  private static final double LEAST_RATE = 1;

  private static final double MOST_RATE = 60;

  /** Largest denominator of a rate: that of 30000/1001. */
  private static final int RATE_PARTS = 100_000;

  private static final double BITS_PER_PIXEL = 0.25;
  private static final long LEAST_BITS = 1_000_000;
  private static final long MOST_BITS = 60_000_000;

  /** H.264's quantisers, between no visible loss and edges of colours that stay clean. */
  private static final int FINEST = 12;

  private static final int COARSEST = 26;

  private final int height;
  private final int width;
  private final int evenWidth;
  private final int evenHeight;
  private final AVRational interval;
  private final AVFormatContext context = new AVFormatContext(null);
  private final PointerPointer<BytePointer> sources = new PointerPointer<>(4);
  private final IntPointer strides = new IntPointer(4);
  private AVCodecContext coder;
  private AVStream stream;
  private AVIOContext output;
  private AVPacket packet;
  private AVFrame frame;
  private SwsContext scaler;
  private BytePointer pixels;

  /**
   * Begins a file.
   *
   * @throws BrokenFilm with the reason when it cannot be written
   */
  FilmEncoder(Path file, FilmFormat format, int height, int width, double framesPerSecond) {
    this.height = height;
    this.width = width;
    this.evenWidth = width + width % 2;
    this.evenHeight = height + height % 2;
    AVRational rate = avutil.av_d2q(framesPerSecond, RATE_PARTS);
    this.interval = new AVRational().num(rate.den()).den(rate.num());
    boolean open = false;
    try {
      open(file, format, Math.max(LEAST_RATE, Math.min(MOST_RATE, framesPerSecond)));
      open = true;
    } finally {
      if (!open) {
        close();
      }
    }
  }

  private void open(Path file, FilmFormat format, double rate) {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(format.encoder());
    if (codec == null || codec.isNull()) {
      throw new BrokenFilm("FFmpeg's libraries here are without " + format.encoder());
    }
    String url = "file:" + file;
    check(avformat.avformat_alloc_output_context2(context, null, format.extension(), url));
    context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
    stream = avformat.avformat_new_stream(context, null);
    coder = avcodec.avcodec_alloc_context3(codec);
    coder.width(evenWidth).height(evenHeight).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    coder.time_base(interval);
    coder.framerate(avutil.av_d2q(rate, RATE_PARTS));
    coder.gop_size(Math.max(1, (int) Math.round(SECONDS_PER_START * rate)));
    coder.max_b_frames(0);
    coder.thread_count(1);
    coder.colorspace(avutil.AVCOL_SPC_BT709);
    coder.color_primaries(avutil.AVCOL_PRI_BT709);
    coder.color_trc(avutil.AVCOL_TRC_BT709);
    coder.color_range(avutil.AVCOL_RANGE_MPEG);
    coder.flags(coder.flags() | avcodec.AV_CODEC_FLAG_BITEXACT);
    if ((context.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
      coder.flags(coder.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    AVDictionary options = new AVDictionary(null);
    if (format == FilmFormat.MP4) {
      long bits = (long) (BITS_PER_PIXEL * evenWidth * evenHeight * rate);
      coder.bit_rate(Math.max(LEAST_BITS, Math.min(MOST_BITS, bits)));
      coder.qmin(FINEST).qmax(COARSEST);
    } else {
      coder.bit_rate(0);
      avutil.av_dict_set(options, "crf", "24", 0);
      avutil.av_dict_set(options, "deadline", "realtime", 0);
      avutil.av_dict_set(options, "cpu-used", "6", 0);
    }
    int opened = avcodec.avcodec_open2(coder, codec, options);
    avutil.av_dict_free(options);
    check(opened);
    check(avcodec.avcodec_parameters_from_context(stream.codecpar(), coder));
    stream.time_base(interval);
    stream.avg_frame_rate(new AVRational().num(interval.den()).den(interval.num()));
    output = new AVIOContext(null);
    check(avformat.avio_open(output, url, avformat.AVIO_FLAG_WRITE));
    context.pb(output);
    AVDictionary muxing = new AVDictionary(null);
    // A page plays the beginning before it has the end.
    avutil.av_dict_set(muxing, "movflags", "+faststart", 0);
    int header = avformat.avformat_write_header(context, muxing);
    avutil.av_dict_free(muxing);
    check(header);
    packet = avcodec.av_packet_alloc();
    prepareFrame();
  }

  private void prepareFrame() {
    frame = avutil.av_frame_alloc();
    frame.width(evenWidth).height(evenHeight).format(avutil.AV_PIX_FMT_YUV420P);
    check(avutil.av_frame_get_buffer(frame, 0));
    long bytes = 3L * evenWidth * evenHeight;
    pixels = new BytePointer(avutil.av_malloc(bytes + 64)).capacity(bytes);
    sources.put(0, pixels);
    strides.put(0, 3 * evenWidth);
    scaler =
        swscale.sws_getContext(
            evenWidth,
            evenHeight,
            avutil.AV_PIX_FMT_RGB24,
            evenWidth,
            evenHeight,
            avutil.AV_PIX_FMT_YUV420P,
            SCALER_FLAGS,
            null,
            null,
            (DoublePointer) null);
    if (scaler == null || scaler.isNull()) {
      scaler = null;
      throw new BrokenFilm("its pixels cannot be converted");
    }
    IntPointer matrix = swscale.sws_getCoefficients(swscale.SWS_CS_ITU709);
    swscale.sws_setColorspaceDetails(scaler, matrix, 1, matrix, 0, 0, ONE, ONE);
  }

  /**
   * Adds a frame.
   *
   * @param rgb [height * width * 3]
   * @param index from 0
   * @throws BrokenFilm when it cannot be written
   */
  void write(byte[] rgb, int index) {
    for (int y = 0; y < evenHeight; y++) {
      int row = Math.min(y, height - 1) * width * 3;
      pixels.position((long) y * evenWidth * 3).put(rgb, row, width * 3);
      if (evenWidth > width) {
        pixels.position(((long) y * evenWidth + width) * 3).put(rgb, row + (width - 1) * 3, 3);
      }
    }
    pixels.position(0);
    check(avutil.av_frame_make_writable(frame));
    int rows =
        swscale.sws_scale(scaler, sources, strides, 0, evenHeight, frame.data(), frame.linesize());
    if (rows != evenHeight) {
      throw new BrokenFilm("its pixels cannot be converted");
    }
    frame.pts(index);
    frame.duration(1);
    encode(frame);
  }

  private void encode(AVFrame next) {
    check(avcodec.avcodec_send_frame(coder, next));
    while (true) {
      int status = avcodec.avcodec_receive_packet(coder, packet);
      if (status == avutil.AVERROR_EAGAIN() || status == avutil.AVERROR_EOF) {
        return;
      }
      check(status);
      if (packet.duration() == 0) {
        packet.duration(1);
      }
      avcodec.av_packet_rescale_ts(packet, interval, stream.time_base());
      packet.stream_index(stream.index());
      check(avformat.av_interleaved_write_frame(context, packet));
    }
  }

  /**
   * Ends the file.
   *
   * @throws BrokenFilm when it cannot be written
   */
  void finish() {
    encode(null);
    check(avformat.av_write_trailer(context));
    AVIOContext written = output;
    output = null;
    context.pb(null);
    check(avformat.avio_closep(written));
  }

  private static void check(int status) {
    if (status < 0) {
      throw new BrokenFilm(Ffmpeg.message(status));
    }
  }

  @Override
  public void close() {
    if (scaler != null) {
      swscale.sws_freeContext(scaler);
      scaler = null;
    }
    if (pixels != null) {
      avutil.av_free(pixels);
      pixels = null;
    }
    if (frame != null) {
      avutil.av_frame_free(frame);
      frame = null;
    }
    if (packet != null) {
      avcodec.av_packet_free(packet);
      packet = null;
    }
    if (coder != null) {
      avcodec.avcodec_free_context(coder);
      coder = null;
    }
    if (output != null) {
      avformat.avio_closep(output);
      output = null;
      context.pb(null);
    }
    if (stream != null) {
      avformat.avformat_free_context(context);
      stream = null;
    }
    sources.close();
    strides.close();
  }
}
