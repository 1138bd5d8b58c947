package io.videottt.catalog.film;

import io.videottt.catalog.image.RgbImage;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Decoded frames as red, green and blue in a wanted size: chroma at the resolution of luma, rounded
 * exactly, the same bits on every processor. Frames that do not name their matrix are BT.709 from
 * 720 rows on and BT.601 below, as players take them. Not thread-safe.
 */
final class RgbScaler implements AutoCloseable {

  private static final int FLAGS =
      swscale.SWS_BILINEAR
          | swscale.SWS_FULL_CHR_H_INT
          | swscale.SWS_FULL_CHR_H_INP
          | swscale.SWS_ACCURATE_RND
          | swscale.SWS_BITEXACT;

  private static final int HIGH_DEFINITION = 720;
  private static final int ONE = 1 << 16;

  /** Rows begin at multiples of it, and vector instructions write as far. */
  private static final int ALIGNMENT = 64;

  /** What a conversion depends on. */
  private record Kind(
      int width, int height, int format, int matrix, int range, int toWidth, int toHeight) {}

  private final PointerPointer<BytePointer> targets = new PointerPointer<>(4);
  private final IntPointer strides = new IntPointer(4);
  private Kind kind;
  private SwsContext context;
  private BytePointer buffer;

  /**
   * Converts a frame.
   *
   * @param width columns of the result
   * @param height rows of the result
   * @throws BrokenFilm when its pixels are of a kind that cannot be converted
   */
  RgbImage convert(AVFrame frame, int width, int height) {
    Kind wanted =
        new Kind(
            frame.width(),
            frame.height(),
            frame.format(),
            frame.colorspace(),
            frame.color_range(),
            width,
            height);
    if (!wanted.equals(kind)) {
      prepare(wanted);
    }
    int rows =
        swscale.sws_scale(
            context, frame.data(), frame.linesize(), 0, frame.height(), targets, strides);
    if (rows != height) {
      throw new BrokenFilm("its pixels cannot be converted");
    }
    byte[] pixels = new byte[height * width * 3];
    int stride = stride(width);
    for (int y = 0; y < height; y++) {
      buffer.position((long) y * stride).get(pixels, y * width * 3, width * 3);
    }
    buffer.position(0);
    return new RgbImage(height, width, pixels);
  }

  private static int stride(int width) {
    return (width * 3 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private void prepare(Kind wanted) {
    release();
    context =
        swscale.sws_getContext(
            wanted.width(),
            wanted.height(),
            wanted.format(),
            wanted.toWidth(),
            wanted.toHeight(),
            avutil.AV_PIX_FMT_RGB24,
            FLAGS,
            null,
            null,
            (DoublePointer) null);
    if (context == null || context.isNull()) {
      context = null;
      throw new BrokenFilm("its pixels are of a kind that cannot be converted");
    }
    IntPointer matrix = swscale.sws_getCoefficients(matrix(wanted));
    IntPointer standard = swscale.sws_getCoefficients(swscale.SWS_CS_DEFAULT);
    int full = wanted.range() == avutil.AVCOL_RANGE_JPEG ? 1 : 0;
    swscale.sws_setColorspaceDetails(context, matrix, full, standard, 1, 0, ONE, ONE);
    long bytes = (long) stride(wanted.toWidth()) * wanted.toHeight() + ALIGNMENT;
    buffer = new BytePointer(avutil.av_malloc(bytes)).capacity(bytes);
    targets.put(0, buffer);
    strides.put(0, stride(wanted.toWidth()));
    kind = wanted;
  }

  private static int matrix(Kind kind) {
    return switch (kind.matrix()) {
      case avutil.AVCOL_SPC_BT709 -> swscale.SWS_CS_ITU709;
      case avutil.AVCOL_SPC_BT2020_NCL, avutil.AVCOL_SPC_BT2020_CL -> swscale.SWS_CS_BT2020;
      case avutil.AVCOL_SPC_SMPTE240M -> swscale.SWS_CS_SMPTE240M;
      case avutil.AVCOL_SPC_FCC -> swscale.SWS_CS_FCC;
      case avutil.AVCOL_SPC_BT470BG, avutil.AVCOL_SPC_SMPTE170M -> swscale.SWS_CS_ITU601;
      default -> kind.height() >= HIGH_DEFINITION ? swscale.SWS_CS_ITU709 : swscale.SWS_CS_ITU601;
    };
  }

  private void release() {
    if (context != null) {
      swscale.sws_freeContext(context);
      context = null;
    }
    if (buffer != null) {
      avutil.av_free(buffer);
      buffer = null;
    }
    kind = null;
  }

  @Override
  public void close() {
    release();
    targets.close();
    strides.close();
  }
}
