package io.videottt.jobs.results;

import io.videottt.base.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.OptionalInt;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A Parquet file that gets its own checksum while it is written, on file systems that never change
 * a byte afterwards, too: what follows the last row is kept in memory until the file is closed.
 */
final class ChecksummedFile implements OutputFile {

  private final OutputFile file;
  private Stream stream;

  ChecksummedFile(OutputFile file) {
    this.file = file;
  }

  /** To be called when all rows are written; the footer then holds a placeholder. */
  void endOfRows() {
    stream.tail = new ByteArrayOutputStream();
  }

  @Override
  public PositionOutputStream create(long blockSize) throws IOException {
    stream = new Stream(file.create(blockSize));
    return stream;
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSize) throws IOException {
    stream = new Stream(file.createOrOverwrite(blockSize));
    return stream;
  }

  @Override
  public boolean supportsBlockSize() {
    return file.supportsBlockSize();
  }

  @Override
  public long defaultBlockSize() {
    return file.defaultBlockSize();
  }

  private static final class Stream extends PositionOutputStream {

    private final PositionOutputStream out;
    private final MessageDigest digest = Sha256.digest();
    private long position;
    private ByteArrayOutputStream tail;
    private boolean closed;

    Stream(PositionOutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (tail == null) {
        digest.update(bytes, offset, length);
        out.write(bytes, offset, length);
      } else {
        tail.write(bytes, offset, length);
      }
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try (out) {
        if (tail != null) {
          out.write(withChecksum(tail.toByteArray()));
        }
      }
    }

    private byte[] withChecksum(byte[] end) throws IOException {
      OptionalInt digits = FileChecksum.digits(end);
      if (digits.isEmpty()) {
        throw new IOException("the footer has no place for the checksum");
      }
      digest.update(end);
      byte[] checksum = FileChecksum.ascii(Sha256.hex(digest));
      System.arraycopy(checksum, 0, end, digits.getAsInt(), checksum.length);
      return end;
    }
  }
}
