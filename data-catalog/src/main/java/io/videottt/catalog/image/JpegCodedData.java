package io.videottt.catalog.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds where the coded data of a JPEG file really ends, scan by scan and interval by interval, and
 * leaves out the stray bytes between there and the next marker. It goes through the Huffman codes
 * as the standard's annexes F and G say, and keeps no coefficient but whether it is zero.
 */
final class JpegCodedData {

  private static final int MARKER = 0xff;
  private static final int HUFFMAN_TABLES = 0xc4;
  private static final int RESTART_INTERVAL = 0xdd;
  private static final int FIRST_RESTART = 0xd0;
  private static final int SCAN = 0xda;
  private static final int END = 0xd9;
  private static final int AC_TABLE = 0x10;
  private static final int LAST = 63;

  private final JpegFrame frame;
  private final byte[] data;
  private final String source;
  private final ByteArrayOutputStream clean;
  private final Map<Integer, HuffmanTable> tables = new HashMap<>();

  /** Of every block of a component, a bit for each coefficient that is not zero. */
  private final long[][] coefficients;

  private int restartInterval;

  private JpegCodedData(JpegFile file, String source) {
    this.frame = file.frame();
    this.data = file.essential();
    this.source = source;
    this.clean = new ByteArrayOutputStream(data.length);
    this.coefficients = new long[frame.componentIds().length][];
  }

  /**
   * The same file without stray bytes in its scans.
   *
   * @throws io.videottt.base.InvalidInputException when coded data is missing or wrong
   */
  static byte[] withoutStrayBytes(JpegFile file, String source) {
    return new JpegCodedData(file, source).walk();
  }

  private byte[] walk() {
    clean.write(data, 0, 2);
    int position = 2;
    while ((data[position + 1] & 0xff) != END) {
      int marker = data[position + 1] & 0xff;
      int length = 2 + (ByteBuffer.wrap(data).getShort(position + 2) & 0xffff);
      clean.write(data, position, length);
      ByteBuffer content = ByteBuffer.wrap(data, position + 4, length - 4).slice();
      position += length;
      switch (marker) {
        case HUFFMAN_TABLES -> readTables(content);
        case RESTART_INTERVAL -> restartInterval = content.getShort(0) & 0xffff;
        case SCAN -> position = walkScan(content, position);
        default -> {
          // Of no consequence for the codes.
        }
      }
    }
    clean.write(data, position, 2);
    return clean.toByteArray();
  }

  private void readTables(ByteBuffer content) {
    while (content.hasRemaining()) {
      int place = content.get() & 0xff;
      tables.put(place, HuffmanTable.read(content, source));
    }
  }

  /** What a scan is about; its components are given by their places in the frame. */
  private record Scan(
      int[] components,
      HuffmanTable[] dc,
      HuffmanTable[] ac,
      int first,
      int last,
      boolean refines) {}

  private Scan scan(ByteBuffer header) {
    int count = header.get(0) & 0xff;
    int[] components = new int[count];
    HuffmanTable[] dc = new HuffmanTable[count];
    HuffmanTable[] ac = new HuffmanTable[count];
    for (int i = 0; i < count; i++) {
      components[i] = frame.component(header.get(1 + 2 * i) & 0xff).orElseThrow();
      int selected = header.get(2 + 2 * i) & 0xff;
      dc[i] = tables.get(selected >> 4);
      ac[i] = tables.get(AC_TABLE | selected & 0xf);
    }
    int at = 1 + 2 * count;
    int first = header.get(at);
    int last = header.get(at + 1);
    if (first < 0 || last > LAST || first > last || count == 0 || first > 0 && count > 1) {
      throw JpegFile.damaged(source, "a scan of coefficients %d to %d".formatted(first, last));
    }
    return new Scan(components, dc, ac, first, last, (header.get(at + 2) & 0xf0) != 0);
  }

  private int walkScan(ByteBuffer header, int start) {
    Scan scan = scan(header);
    boolean interleaved = scan.components().length > 1;
    int one = scan.components()[0];
    int across = interleaved ? frame.unitsAcross() : frame.blocksAcross(one);
    int down = interleaved ? frame.unitsDown() : frame.blocksDown(one);
    CodedBits bits = new CodedBits(data, start, source);
    Blocks blocks = new Blocks(scan, bits);
    int intervalStart = start;
    int inInterval = 0;
    int restarts = 0;
    for (int y = 0; y < down; y++) {
      for (int x = 0; x < across; x++) {
        if (restartInterval > 0 && inInterval == restartInterval) {
          int marker = endInterval(bits, intervalStart, FIRST_RESTART + restarts++ % 8);
          intervalStart = marker + 2;
          bits.moveTo(intervalStart);
          blocks.endOfBandRun = 0;
          inInterval = 0;
        }
        inInterval++;
        if (interleaved) {
          blocks.readUnit(x, y);
        } else {
          blocks.read(0, x, y);
        }
      }
    }
    int end = bits.endInterval();
    clean.write(data, intervalStart, end - intervalStart);
    return nextMarker(end, true);
  }

  /** Keeps an interval with its restart marker, and returns where the marker is. */
  private int endInterval(CodedBits bits, int start, int expected) {
    int end = bits.endInterval();
    int marker = nextMarker(end, false);
    if ((data[marker + 1] & 0xff) != expected) {
      throw JpegFile.damaged(source, "a restart marker is missing");
    }
    clean.write(data, start, end - start);
    clean.write(data, marker, 2);
    return marker;
  }

  private int nextMarker(int from, boolean behindScan) {
    int at = from;
    while (true) {
      int next = data[at + 1] & 0xff;
      boolean marker = (data[at] & 0xff) == MARKER && next != 0 && next != MARKER;
      if (marker && !(behindScan && JpegFile.isStandalone(next))) {
        return at;
      }
      at++;
    }
  }

  /** The blocks of a scan. */
  private final class Blocks {

    private final Scan scan;
    private final CodedBits bits;

    /** How many blocks to come have no further coefficient. */
    private int endOfBandRun;

    Blocks(Scan scan, CodedBits bits) {
      this.scan = scan;
      this.bits = bits;
    }

    /** Reads the blocks of all components at a place. */
    void readUnit(int x, int y) {
      for (int i = 0; i < scan.components().length; i++) {
        int across = frame.horizontal()[scan.components()[i]];
        int down = frame.vertical()[scan.components()[i]];
        for (int row = 0; row < down; row++) {
          for (int column = 0; column < across; column++) {
            read(i, x * across + column, y * down + row);
          }
        }
      }
    }

    void read(int place, int x, int y) {
      if (!frame.progressive()) {
        readWhole(place);
      } else if (scan.first() == 0) {
        if (scan.refines()) {
          bits.next(1);
        } else {
          bits.next(size(scan.dc()[place]));
        }
      } else {
        int component = scan.components()[0];
        int width = frame.unitsAcross() * frame.horizontal()[component];
        if (coefficients[component] == null) {
          int height = frame.unitsDown() * frame.vertical()[component];
          coefficients[component] = new long[width * height];
        }
        int block = y * width + x;
        long known = coefficients[component][block];
        coefficients[component][block] = scan.refines() ? refine(known) : readFirst(known);
      }
    }

    private HuffmanTable required(HuffmanTable table) {
      if (table == null) {
        throw bits.damaged("a Huffman table is missing");
      }
      return table;
    }

    private int size(HuffmanTable table) {
      int size = required(table).decode(bits);
      if (size > 16) {
        throw bits.damaged("bad Huffman code");
      }
      return size;
    }

    private void readWhole(int place) {
      bits.next(size(scan.dc()[place]));
      HuffmanTable ac = required(scan.ac()[place]);
      for (int k = 1; k <= LAST; k++) {
        int symbol = ac.decode(bits);
        int size = symbol & 0xf;
        int run = symbol >> 4;
        if (size == 0 && run < 15) {
          return;
        }
        k += run;
        bits.next(size);
      }
    }

    private long readFirst(long known) {
      long found = known;
      if (endOfBandRun > 0) {
        endOfBandRun--;
        return found;
      }
      HuffmanTable ac = required(scan.ac()[0]);
      for (int k = scan.first(); k <= scan.last(); k++) {
        int symbol = ac.decode(bits);
        int size = symbol & 0xf;
        int run = symbol >> 4;
        if (size == 0 && run < 15) {
          endOfBandRun = (1 << run) + bits.next(run) - 1;
          return found;
        }
        k += run;
        if (size > 0) {
          bits.next(size);
          found |= 1L << k;
        }
      }
      return found;
    }

    private long refine(long known) {
      long found = known;
      int k = scan.first();
      if (endOfBandRun == 0) {
        HuffmanTable ac = required(scan.ac()[0]);
        for (; k <= scan.last(); k++) {
          int symbol = ac.decode(bits);
          boolean isNew = (symbol & 0xf) > 0;
          int run = symbol >> 4;
          if (isNew) {
            bits.next(1);
          } else if (run < 15) {
            endOfBandRun = (1 << run) + bits.next(run);
            break;
          }
          k = skip(known, k, run);
          if (isNew) {
            found |= 1L << k;
          }
        }
      }
      if (endOfBandRun > 0) {
        skip(known, k, LAST + 1);
        endOfBandRun--;
      }
      return found;
    }

    /** Passes known coefficients, which have a bit of correction each, and a run of zeros. */
    private int skip(long known, int from, int zeros) {
      int run = zeros;
      int k = from;
      while (k <= scan.last()) {
        if ((known >> k & 1) != 0) {
          bits.next(1);
        } else if (--run < 0) {
          break;
        }
        k++;
      }
      return k;
    }
  }
}
