package io.videottt.catalog.image;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.FileProblem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A JPEG file, checked to be whole, and what its pixels depend on. The rest (application segments
 * with colour profiles, previews and comments, stray bytes between segments) is left out: decoders
 * stumble over it or convert colours by it.
 *
 * @param frame size and components
 * @param colour what the components mean
 * @param orientation how the EXIF block says that the image is to be turned
 * @param essential a JPEG file of the same coefficients without the rest
 */
record JpegFile(JpegFrame frame, JpegColour colour, Orientation orientation, byte[] essential) {

  /** There is no marker of Adobe's that tells the colour transform. */
  static final int NO_ADOBE = -1;

  /** Usual are 1, or about 10 of a progressive image; libjpeg-turbo's own fuzzers stop here. */
  private static final int MOST_SCANS = 500;

  /** What libjpeg's own progression takes for four components of the largest size: seconds. */
  private static final long MOST_SAMPLES = 24 * ImageDecoder.MAXIMUM_PIXELS;

  private static final int MARKER = 0xff;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int HUFFMAN_TABLES = 0xc4;
  private static final int QUANTISATION_TABLES = 0xdb;
  private static final int RESTART_INTERVAL = 0xdd;
  private static final int ARITHMETIC_CONDITIONS = 0xcc;
  private static final int NUMBER_OF_LINES = 0xdc;
  private static final int COMMENT = 0xfe;
  private static final int APPLICATION = 0xe0;
  private static final int JFIF = 0xe0;
  private static final int EXIF = 0xe1;
  private static final int ADOBE = 0xee;
  private static final int ADOBE_TRANSFORM = 11;
  private static final int WHOLE_SPECTRUM = 63;

  /**
   * Walks from marker to marker as libjpeg does, up to the end marker of the image itself; one of a
   * preview within a segment does not count.
   *
   * @param source file name for messages
   * @throws InvalidInputException when the file is cut off, damaged, too large, of a kind that is
   *     not read, or would take too long
   */
  static JpegFile parse(byte[] bytes, String source) {
    return new Walk(bytes, source).parse();
  }

  static FileProblem damaged(String source, String reason) {
    return FileProblem.unreadable(source, "the image is damaged: " + reason);
  }

  /** Whether a marker stands alone, without a segment: restart markers and a filler. */
  static boolean isStandalone(int marker) {
    return marker >= 0xd0 && marker <= 0xd7 || marker == 0x01;
  }

  /** The segments and scans of a file, one after another. */
  private static final class Walk {

    private final byte[] bytes;
    private final ByteBuffer buffer;
    private final String source;
    private final ByteArrayOutputStream essential;
    private int position = 2;
    private JpegFrame frame;
    private JpegColour colour;
    private Orientation orientation;
    private boolean jfif;
    private int adobeTransform = NO_ADOBE;
    private boolean huffmanTables;
    private int scans;
    private long samples;

    Walk(byte[] bytes, String source) {
      this.bytes = bytes;
      this.buffer = ByteBuffer.wrap(bytes);
      this.source = source;
      this.essential = new ByteArrayOutputStream(bytes.length);
      essential.write(bytes, 0, 2);
    }

    JpegFile parse() {
      while (true) {
        int marker = nextMarker();
        if (marker == END) {
          return file();
        }
        if (isStandalone(marker)) {
          continue;
        }
        int length = segmentLength();
        ByteBuffer segment = buffer.slice(position, length);
        position += length;
        read(marker, segment);
      }
    }

    private JpegFile file() {
      if (scans == 0) {
        throw damaged(source, "it ends before its pixels");
      }
      essential.write(MARKER);
      essential.write(END);
      Orientation told = orientation == null ? Orientation.UPRIGHT : orientation;
      return new JpegFile(frame, colour, told, essential.toByteArray());
    }

    /** Skips what belongs to no segment: cameras pad with zeros, and programs with anything. */
    private int nextMarker() {
      while (position + 1 < bytes.length) {
        int next = bytes[position + 1] & 0xff;
        if ((bytes[position] & 0xff) == MARKER && next != 0 && next != MARKER) {
          position += 2;
          return next;
        }
        position++;
      }
      throw truncated();
    }

    private int segmentLength() {
      int length = position + 2 > bytes.length ? 2 : buffer.getShort(position) & 0xffff;
      if (length < 2) {
        throw damaged(source, "a segment of %d bytes at byte %d".formatted(length, position));
      }
      if (length > bytes.length - position) {
        throw truncated();
      }
      return length;
    }

    private void read(int marker, ByteBuffer segment) {
      if (JpegFrame.isFrame(marker)) {
        if (frame != null) {
          throw damaged(source, "a second frame header");
        }
        frame = JpegFrame.parse(marker, segment, source);
        keep(marker, segment);
      } else if (marker == SCAN) {
        readScan(segment);
      } else if (marker == HUFFMAN_TABLES
          || marker == QUANTISATION_TABLES
          || marker == RESTART_INTERVAL) {
        huffmanTables |= marker == HUFFMAN_TABLES;
        keep(marker, segment);
      } else if (scans == 0 && (marker == JFIF || marker == EXIF || marker == ADOBE)) {
        readApplication(marker, segment);
      } else if (marker < APPLICATION
          ? marker != ARITHMETIC_CONDITIONS && marker != NUMBER_OF_LINES
          : marker > 0xef && marker != COMMENT) {
        throw damaged(source, "an unknown marker 0x%x".formatted(marker));
      }
    }

    private void keep(int marker, ByteBuffer segment) {
      essential.write(MARKER);
      essential.write(marker);
      essential.write(bytes, segment.arrayOffset(), segment.limit());
    }

    private void readApplication(int marker, ByteBuffer segment) {
      if (marker == JFIF) {
        jfif |= segment.limit() >= 16 && startsWith(segment, "JFIF\0");
      } else if (marker == ADOBE) {
        if (segment.limit() >= 14 && startsWith(segment, "Adobe")) {
          adobeTransform = segment.get(2 + ADOBE_TRANSFORM) & 0xff;
        }
      } else if (orientation == null && startsWith(segment, "Exif\0")) {
        int header = Math.min(8, segment.limit());
        orientation = Orientation.of(segment.slice(header, segment.limit() - header));
      }
    }

    private static boolean startsWith(ByteBuffer segment, String name) {
      byte[] expected = name.getBytes(StandardCharsets.ISO_8859_1);
      return segment.limit() >= 2 + expected.length
          && segment.slice(2, expected.length).equals(ByteBuffer.wrap(expected));
    }

    private void readScan(ByteBuffer segment) {
      if (frame == null) {
        throw damaged(source, "a scan before the frame header");
      }
      if (scans++ == 0) {
        colour = JpegColour.of(frame, jfif, adobeTransform);
        if (!huffmanTables) {
          // Frames of motion JPEG leave them out.
          essential.writeBytes(StandardHuffmanTables.segment());
        }
      }
      int components = segment.get(2) & 0xff;
      if (segment.limit() != 6 + 2 * components) {
        throw damaged(source, "a scan header has the wrong length");
      }
      for (int i = 0; i < components; i++) {
        samples += frame.samples(component(segment.get(3 + 2 * i) & 0xff));
      }
      requireBounded();
      keepScan(segment);
      int end = endOfScan();
      essential.write(bytes, position, end - position);
      position = end;
    }

    private int component(int id) {
      return frame
          .component(id)
          .orElseThrow(() -> damaged(source, "a scan of the unknown component %d".formatted(id)));
    }

    private void requireBounded() {
      if (scans > MOST_SCANS || samples > MOST_SAMPLES) {
        throw FileProblem.unreadable(
            source,
            "more than %s of %d x %d pixels would take too long; save the image again"
                .formatted(
                    scans > MOST_SCANS ? MOST_SCANS + " scans" : scans - 1 + " scans",
                    frame.width(),
                    frame.height()));
      }
    }

    /** The last bytes tell the pass; some programs write nonsense where there is one pass only. */
    private void keepScan(ByteBuffer segment) {
      if (frame.progressive()) {
        keep(SCAN, segment);
        return;
      }
      keep(SCAN, segment.slice(0, segment.limit() - 3));
      essential.write(0);
      essential.write(WHOLE_SPECTRUM);
      essential.write(0);
    }

    /** Where the next marker begins that is not part of the coded data. */
    private int endOfScan() {
      int at = position;
      while (at + 1 < bytes.length) {
        int next = bytes[at + 1] & 0xff;
        boolean marker =
            (bytes[at] & 0xff) == MARKER && next != 0 && next != MARKER && !isStandalone(next);
        if (marker) {
          return at;
        }
        at++;
      }
      throw truncated();
    }

    private FileProblem truncated() {
      return FileProblem.unreadable(source, "the image is cut off; copy the file again");
    }
  }
}
