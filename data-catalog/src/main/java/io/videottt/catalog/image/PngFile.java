package io.videottt.catalog.image;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.FileProblem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A PNG file, checked to be whole, and what its pixels depend on. Everything else (transparency,
 * gamma, colour profiles, texts, further frames of an animation) is left out and never unpacked, so
 * that it changes no colour and costs no memory.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param bitDepth bits of a sample: 1, 2, 4, 8 or 16
 * @param colour what the samples are
 * @param interlaced whether the pixels come in seven passes
 * @param palette red, green, blue of the colours that samples of {@link Colour#PALETTE} name
 * @param orientation how the EXIF block says that the image is to be turned
 * @param essential a PNG file of the same pixels without the rest
 */
record PngFile(
    int height,
    int width,
    int bitDepth,
    Colour colour,
    boolean interlaced,
    byte[] palette,
    Orientation orientation,
    byte[] essential) {

  private static final int SIGNATURE_BYTES = 8;
  private static final int HEADER_BYTES = 13;

  /** Length, type and checksum. */
  private static final int CHUNK_FRAME_BYTES = 12;

  private static final int LARGEST_PALETTE_BYTES = 256 * 3;

  /** The colour types of the format. */
  enum Colour {
    /** One channel. */
    GRAY(0, 1, "1 2 4 8 16"),
    /** Red, green, blue. */
    RGB(2, 3, "8 16"),
    /** One channel of places in a palette. */
    PALETTE(3, 1, "1 2 4 8"),
    /** Gray and opacity. */
    GRAY_ALPHA(4, 2, "8 16"),
    /** Red, green, blue and opacity. */
    RGB_ALPHA(6, 4, "8 16");

    private final int code;
    private final int channels;
    private final String bitDepths;

    Colour(int code, int channels, String bitDepths) {
      this.code = code;
      this.channels = channels;
      this.bitDepths = bitDepths;
    }

    int channels() {
      return channels;
    }

    private static Colour of(int code, int bitDepth, String source) {
      for (Colour colour : values()) {
        if (colour.code == code && (" " + colour.bitDepths + " ").contains(" " + bitDepth + " ")) {
          return colour;
        }
      }
      throw damaged(source, "colour type %d with %d bits".formatted(code, bitDepth));
    }
  }

  /**
   * Walks from chunk to chunk.
   *
   * @param source file name for messages
   * @throws InvalidInputException when the file is cut off or damaged, or has too many pixels
   */
  static PngFile parse(byte[] bytes, String source) {
    return new Walk(bytes, source).parse();
  }

  private static FileProblem damaged(String source, String reason) {
    return FileProblem.unreadable(source, "the image is damaged: " + reason);
  }

  /** The chunks of a file, one after another. */
  private static final class Walk {

    private final byte[] bytes;
    private final ByteBuffer buffer;
    private final String source;
    private final ByteArrayOutputStream essential;
    private ByteBuffer header;
    private byte[] palette = {};
    private Orientation orientation = Orientation.UPRIGHT;

    Walk(byte[] bytes, String source) {
      this.bytes = bytes;
      this.buffer = ByteBuffer.wrap(bytes);
      this.source = source;
      this.essential = new ByteArrayOutputStream(bytes.length);
      essential.write(bytes, 0, SIGNATURE_BYTES);
    }

    PngFile parse() {
      int position = SIGNATURE_BYTES;
      while (position + CHUNK_FRAME_BYTES <= bytes.length) {
        int length = buffer.getInt(position);
        if (length < 0 || length > bytes.length - position - CHUNK_FRAME_BYTES) {
          throw truncated();
        }
        String type = new String(bytes, position + 4, 4, StandardCharsets.ISO_8859_1);
        requireChecksum(position, length, type);
        if (header == null) {
          readHeader(position, length, type);
        } else if (isEssential(position, length, type)) {
          essential.write(bytes, position, length + CHUNK_FRAME_BYTES);
        }
        if (type.equals("IEND")) {
          return file();
        }
        position += CHUNK_FRAME_BYTES + length;
      }
      throw truncated();
    }

    private PngFile file() {
      int height = header.getInt(4);
      int width = header.getInt(0);
      int bitDepth = header.get(8);
      Colour colour = colour();
      if (colour == Colour.PALETTE && palette.length == 0) {
        throw damaged(source, "its palette is missing");
      }
      return new PngFile(
          height,
          width,
          bitDepth,
          colour,
          header.get(12) == 1,
          palette,
          orientation,
          essential.toByteArray());
    }

    private Colour colour() {
      return Colour.of(header.get(9), header.get(8), source);
    }

    private void requireChecksum(int position, int length, String type) {
      CRC32 checksum = new CRC32();
      checksum.update(bytes, position + 4, length + 4);
      if ((int) checksum.getValue() != buffer.getInt(position + 8 + length)) {
        throw damaged(source, "wrong checksum of its %s chunk".formatted(printable(type)));
      }
    }

    private void readHeader(int position, int length, String type) {
      if (!type.equals("IHDR") || length != HEADER_BYTES) {
        throw damaged(source, "it begins with a %s chunk".formatted(printable(type)));
      }
      header = buffer.slice(position + 8, length);
      long width = header.getInt(0) & 0xffffffffL;
      long height = header.getInt(4) & 0xffffffffL;
      ImageDecoder.requireBounded(width, height, source);
      colour();
      if (header.get(10) != 0 || header.get(11) != 0 || (header.get(12) & 0xfe) != 0) {
        throw damaged(
            source,
            "compression %d, filter method %d, interlace method %d"
                .formatted(header.get(10) & 0xff, header.get(11) & 0xff, header.get(12) & 0xff));
      }
      essential.write(bytes, position, length + CHUNK_FRAME_BYTES);
    }

    private boolean isEssential(int position, int length, String type) {
      return switch (type) {
        case "IDAT", "IEND" -> true;
        case "PLTE" -> readPalette(position, length);
        case "eXIf" -> {
          orientation = Orientation.of(buffer.slice(position + 8, length));
          yield false;
        }
        default -> {
          if (Character.isUpperCase(type.charAt(0))) {
            throw damaged(source, "an unknown %s chunk".formatted(printable(type)));
          }
          yield false;
        }
      };
    }

    /** In an image of another colour type a palette only tells what to show on old screens. */
    private boolean readPalette(int position, int length) {
      if (colour() != Colour.PALETTE) {
        return false;
      }
      if (length == 0 || length % 3 != 0 || length > LARGEST_PALETTE_BYTES || palette.length > 0) {
        throw damaged(source, "its palette has %d bytes".formatted(length));
      }
      palette = new byte[length];
      buffer.get(position + 8, palette);
      return true;
    }

    private FileProblem truncated() {
      return FileProblem.unreadable(source, "the image is cut off; copy the file again");
    }

    private static String printable(String type) {
      return type.replaceAll("[^A-Za-z]", "?");
    }
  }
}
