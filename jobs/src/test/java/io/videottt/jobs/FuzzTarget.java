package io.videottt.jobs;

import java.nio.file.Path;
import java.util.List;

/**
 * A reader of foreign bytes.
 *
 * @param name of the reader, and seed of its inputs
 * @param grammar of its files
 * @param seeds valid files
 * @param bombs hand-made inputs that are tried first
 * @param mostLines how long its complaint may be
 * @param reader reads one input
 */
record FuzzTarget(
    String name,
    FuzzGrammar grammar,
    List<byte[]> seeds,
    List<byte[]> bombs,
    int mostLines,
    Reader reader) {

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
}
