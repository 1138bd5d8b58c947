package io.videottt.jobs.fuzz;

import java.nio.file.Path;
import java.util.List;

/**
 * A reader of foreign bytes.
 *
 * @param name of the reader, and seed of its inputs
 * @param grammar of its files
 * @param seeds valid files
 * @param bombs hand-made inputs, among the first that are tried
 * @param mostLines how long its complaint may be
 * @param mostBytes how much it may allocate in the heap
 * @param price how many inputs of an ordinary reader one of this takes the time of
 * @param reader reads one input
 * @param check looks at what is left after every input
 */
record FuzzTarget(
    String name,
    FuzzGrammar grammar,
    List<byte[]> seeds,
    List<byte[]> bombs,
    int mostLines,
    long mostBytes,
    int price,
    Reader reader,
    Check check) {

  /** What a reader may allocate, unless it is said otherwise. */
  private static final long GIGABYTE = 1L << 30;

  /** A reader that writes nothing and is quick. */
  FuzzTarget(
      String name,
      FuzzGrammar grammar,
      List<byte[]> seeds,
      List<byte[]> bombs,
      int mostLines,
      Reader reader) {
    this(name, grammar, seeds, bombs, mostLines, GIGABYTE, 1, reader, folder -> {});
  }

  /** The same with something to look at afterwards. */
  FuzzTarget leaving(Check whole) {
    return new FuzzTarget(name, grammar, seeds, bombs, mostLines, mostBytes, price, reader, whole);
  }

  /** The same, which takes the time of several. */
  FuzzTarget costing(int inputs) {
    return new FuzzTarget(name, grammar, seeds, bombs, mostLines, mostBytes, inputs, reader, check);
  }

  /**
   * The same, which may allocate as it likes, since most of it is dropped at once: what it needs at
   * one time shows in the memory of the process.
   */
  FuzzTarget allocating() {
    return new FuzzTarget(
        name, grammar, seeds, bombs, mostLines, Long.MAX_VALUE, price, reader, check);
  }

  /** Reads one input. */
  @FunctionalInterface
  interface Reader {

    /**
     * Writes the input where the reader looks for it, and reads it.
     *
     * @param folder empty; what a command leaves there is looked at afterwards
     * @return empty when the input was accepted, else the complaint
     * @throws Exception when the reader fails instead of complaining
     */
    String read(byte[] input, Path folder) throws Exception;
  }

  /** Looks at what was left: nothing, or something that the program itself can open again. */
  @FunctionalInterface
  interface Check {

    /**
     * Opens what is there.
     *
     * @param folder that the reader was given
     * @throws Exception when it is there and cannot be opened
     */
    void open(Path folder) throws Exception;
  }
}
