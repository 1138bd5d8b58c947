package io.videottt.model.checkpoint;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Bytes where they lie in a checkpoint. They are read when a tensor is needed and not before, so
 * that a file of gigabytes takes the memory of its largest tensor.
 */
sealed interface StoredBytes {

  /** How many there are; of {@link Latin1} at most so many. */
  long length();

  /** A stream of all of them from the first on, which need not end behind the last. */
  InputStream open() throws IOException;

  /** Some of them: a part that lies within. */
  default StoredBytes slice(long start, long count) {
    return new Slice(this, start, count);
  }

  /** Consecutive bytes of a local file. */
  record InFile(Path file, long start, long length) implements StoredBytes {

    private static final int BUFFER = 1 << 16;

    @Override
    public InputStream open() throws IOException {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      channel.position(start);
      return new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
    }

    @Override
    public StoredBytes slice(long from, long count) {
      return new InFile(file, start + from, count);
    }
  }

  /** An entry of an open archive that is stored as it is. */
  record InArchive(ZipFile archive, ZipEntry entry) implements StoredBytes {

    @Override
    public long length() {
      return entry.getSize();
    }

    @Override
    public InputStream open() throws IOException {
      InputStream stream = archive.getInputStream(entry);
      if (stream == null) {
        throw new IOException("no entry " + entry.getName());
      }
      return stream;
    }
  }

  /** Characters of up to 255, one byte each: how Python 2 pickles short byte strings. */
  record InText(String text) implements StoredBytes {

    @Override
    public long length() {
      return text.length();
    }

    @Override
    public InputStream open() throws IOException {
      if (text.chars().anyMatch(letter -> letter > 0xFF)) {
        throw new IOException("a text that stands for bytes has other characters");
      }
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /**
   * Bytes that were taken for Latin-1 characters and written as UTF-8: how Python 3 pickles byte
   * strings in protocol 2.
   */
  record Latin1(StoredBytes utf8) implements StoredBytes {

    @Override
    public long length() {
      return utf8.length();
    }

    @Override
    public InputStream open() throws IOException {
      return new Latin1InputStream(utf8.open(), utf8.length());
    }
  }

  /** A part of other bytes. */
  record Slice(StoredBytes whole, long start, long length) implements StoredBytes {

    @Override
    public InputStream open() throws IOException {
      InputStream stream = whole.open();
      try {
        stream.skipNBytes(start);
        return stream;
      } catch (IOException e) {
        stream.close();
        throw e;
      }
    }
  }
}
