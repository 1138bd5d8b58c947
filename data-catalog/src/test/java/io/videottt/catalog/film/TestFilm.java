package io.videottt.catalog.film;

import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Small films whose frames can be told apart: the upper half of frame i has the luma {@link
 * #luma(int)}, the lower half is black but for a white quarter at the left.
 *
 * @param encoder FFmpeg's name
 * @param format FFmpeg's name of the container; empty for that of the file's name
 * @param width columns, even
 * @param height rows, even
 * @param times when frames are shown, in hundredths of a second, ascending
 * @param keyEvery frames from one that needs no other to the next
 * @param matrix how frames are turned; null for nothing
 */
record TestFilm(
    String encoder,
    String format,
    int width,
    int height,
    int[] times,
    int keyEvery,
    int betweenFrames,
    int[] matrix) {

  static final int CLOCK = 100;

  static TestFilm of(String encoder, int frames) {
    return new TestFilm(encoder, "", 96, 64, even(frames, 4), 12, 0, null);
  }

  TestFilm at(int... times) {
    return new TestFilm(encoder, format, width, height, times, keyEvery, betweenFrames, matrix);
  }

  TestFilm turned(int... matrix) {
    return new TestFilm(encoder, format, width, height, times, keyEvery, betweenFrames, matrix);
  }

  TestFilm withBetweenFrames(int count) {
    return new TestFilm(encoder, format, width, height, times, keyEvery, count, matrix);
  }

  static int[] even(int frames, int step) {
    int[] times = new int[frames];
    for (int i = 0; i < frames; i++) {
      times[i] = i * step;
    }
    return times;
  }

  /** Frames that can be told apart before they repeat. */
  static final int KINDS = 18;

  /** Far apart from one frame to the next. */
  static int luma(int frame) {
    return 40 + frame * 7 % KINDS * 10;
  }

  Path write(Path file) {
    Ffmpeg.require();
    AVFormatContext context = new AVFormatContext(null);
    check(
        avformat.avformat_alloc_output_context2(
            context, null, format.isEmpty() ? null : format, file.toString()));
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(encoder);
    if (codec == null || codec.isNull()) {
      throw new IllegalStateException("no encoder " + encoder);
    }
    AVStream stream = avformat.avformat_new_stream(context, null);
    AVCodecContext coder = avcodec.avcodec_alloc_context3(codec);
    coder.width(width).height(height);
    boolean mjpeg = encoder.equals("mjpeg");
    coder.pix_fmt(mjpeg ? avutil.AV_PIX_FMT_YUVJ420P : avutil.AV_PIX_FMT_YUV420P);
    coder.flags(avcodec.AV_CODEC_FLAG_FRAME_DURATION);
    coder.time_base(rational(1, CLOCK));
    coder.framerate(rational(25, 1));
    coder.gop_size(keyEvery);
    coder.max_b_frames(betweenFrames);
    coder.thread_count(1);
    coder.bit_rate(2_000_000);
    if ((context.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
      coder.flags(coder.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    check(avcodec.avcodec_open2(coder, codec, (AVDictionary) null));
    check(avcodec.avcodec_parameters_from_context(stream.codecpar(), coder));
    stream.time_base(rational(1, CLOCK));
    if (matrix != null) {
      AVPacketSideData data =
          avcodec.av_packet_side_data_new(
              stream.codecpar().coded_side_data(),
              new IntPointer(1).put(0),
              avcodec.AV_PKT_DATA_DISPLAYMATRIX,
              36,
              0);
      new IntPointer(data.data()).put(matrix, 0, 9);
      stream.codecpar().coded_side_data(data).nb_coded_side_data(1);
    }
    AVIOContext output = new AVIOContext(null);
    check(avformat.avio_open(output, file.toString(), avformat.AVIO_FLAG_WRITE));
    context.pb(output);
    check(avformat.avformat_write_header(context, (AVDictionary) null));
    AVFrame frame = avutil.av_frame_alloc();
    frame.width(width).height(height).format(coder.pix_fmt());
    check(avutil.av_frame_get_buffer(frame, 0));
    for (int i = 0; i < times.length; i++) {
      check(avutil.av_frame_make_writable(frame));
      draw(frame, luma(i));
      frame.pts(times[i]);
      frame.duration(i + 1 < times.length ? times[i + 1] - times[i] : 4);
      encode(context, stream, coder, frame);
    }
    encode(context, stream, coder, null);
    check(avformat.av_write_trailer(context));
    avutil.av_frame_free(frame);
    avformat.avio_closep(output);
    avcodec.avcodec_free_context(coder);
    avformat.avformat_free_context(context);
    return file;
  }

  private static AVRational rational(int numerator, int denominator) {
    return new AVRational().num(numerator).den(denominator);
  }

  private void draw(AVFrame frame, int luma) {
    BytePointer rows = frame.data(0);
    for (int y = 0; y < height; y++) {
      byte[] row = new byte[width];
      for (int x = 0; x < width; x++) {
        boolean white = y >= height / 2 && x < width / 4;
        int value = y < height / 2 ? luma : white ? 235 : 16;
        // JPEG uses the whole range.
        row[x] = (byte) (encoder.equals("mjpeg") ? (value - 16) * 255 / 219 : value);
      }
      rows.position((long) y * frame.linesize(0)).put(row);
    }
    for (int plane = 1; plane < 3; plane++) {
      byte[] row = new byte[width / 2];
      Arrays.fill(row, (byte) 128);
      BytePointer chroma = frame.data(plane);
      for (int y = 0; y < height / 2; y++) {
        chroma.position((long) y * frame.linesize(plane)).put(row);
      }
    }
  }

  private static void encode(
      AVFormatContext context, AVStream stream, AVCodecContext coder, AVFrame frame) {
    check(avcodec.avcodec_send_frame(coder, frame));
    AVPacket packet = avcodec.av_packet_alloc();
    while (avcodec.avcodec_receive_packet(coder, packet) == 0) {
      avcodec.av_packet_rescale_ts(packet, rational(1, CLOCK), stream.time_base());
      packet.duration(Math.max(packet.duration(), 4L * stream.time_base().den() / CLOCK));
      packet.stream_index(stream.index());
      check(avformat.av_interleaved_write_frame(context, packet));
    }
    avcodec.av_packet_free(packet);
  }

  private static void check(int status) {
    if (status < 0) {
      throw new IllegalStateException(Ffmpeg.message(status));
    }
  }
}
