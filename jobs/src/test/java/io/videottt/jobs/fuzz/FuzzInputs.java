package io.videottt.jobs.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Inputs for a reader of foreign bytes: valid files with random changes, and documents that a
 * grammar has grown. What comes out depends on the seed alone.
 */
final class FuzzInputs {

  /** Longest input made of a small one, in bytes. */
  private static final int LONGEST = 1 << 19;

  private static final int MOST_CHANGES = 6;
  private static final byte[] EDGES = {0, 1, -1, 127, -128, 0x20, 0x0a, 0x09, 0x22, 0x1b};

  private final Random random;
  private final List<byte[]> seeds;
  private final FuzzGrammar grammar;

  /**
   * @param seeds valid files
   * @param grammar what the files are written in
   */
  FuzzInputs(long seed, List<byte[]> seeds, FuzzGrammar grammar) {
    this.random = new Random(seed);
    this.seeds = seeds;
    this.grammar = grammar;
  }

  /** The next input. */
  byte[] next() {
    int kind = random.nextInt(10);
    if (kind == 0) {
      return grammar.document(random).getBytes(StandardCharsets.UTF_8);
    }
    if (kind == 1 && grammar.grows()) {
      return grammar.bomb(random).getBytes(StandardCharsets.UTF_8);
    }
    byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
    for (int change = random.nextInt(MOST_CHANGES) + 1; change > 0; change--) {
      input = changed(input);
    }
    return input;
  }

  private byte[] changed(byte[] input) {
    if (input.length == 0) {
      return grammar.token(random).getBytes(StandardCharsets.UTF_8);
    }
    int from = random.nextInt(input.length);
    int to = Math.min(input.length, from + 1 + random.nextInt(random.nextInt(64) + 1));
    return switch (random.nextInt(10)) {
      case 0 -> {
        input[from] ^= (byte) (1 << random.nextInt(8));
        yield input;
      }
      case 1 -> {
        input[from] = EDGES[random.nextInt(EDGES.length)];
        yield input;
      }
      case 2 -> Arrays.copyOf(input, from);
      case 3 -> joined(input, from, new byte[0], to);
      case 4 -> joined(input, from, repeated(Arrays.copyOfRange(input, from, to)), to);
      case 5 -> {
        byte[] noise = new byte[1 + random.nextInt(16)];
        random.nextBytes(noise);
        yield joined(input, from, noise, from);
      }
      case 6 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int start = random.nextInt(Math.max(1, other.length));
        yield joined(input, from, Arrays.copyOfRange(other, start, other.length), to);
      }
      case 7 -> number(input, from);
      default -> joined(input, from, grammar.token(random).getBytes(StandardCharsets.UTF_8), to);
    };
  }

  /** The digits at or behind a place, replaced by another number. */
  private byte[] number(byte[] input, int from) {
    int start = from;
    while (start < input.length && (input[start] < '0' || input[start] > '9')) {
      start++;
    }
    int end = start;
    while (end < input.length && input[end] >= '0' && input[end] <= '9') {
      end++;
    }
    return joined(input, start, FuzzGrammar.number(random).getBytes(StandardCharsets.UTF_8), end);
  }

  private byte[] repeated(byte[] piece) {
    int most = Math.max(1, LONGEST / piece.length);
    int times =
        1 + random.nextInt(1 << random.nextInt(1 + (31 - Integer.numberOfLeadingZeros(most))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[] input, int end, byte[] middle, int start) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(input, 0, end);
    out.write(middle, 0, Math.min(middle.length, 2 * LONGEST));
    out.write(input, start, input.length - start);
    return out.toByteArray();
  }
}
