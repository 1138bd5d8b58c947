package io.videottt.catalog.film;

import io.videottt.base.FailureReason;
import io.videottt.catalog.file.FileProblem;
import io.videottt.io.storage.FileSystems;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * What FFmpeg reads of a file: bytes of a Hadoop stream, from anywhere in it. It is the only way by
 * which the library reaches a file. Not thread-safe.
 */
final class FilmInput implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 17;

  /** FFmpeg's own number for a failed read. */
  static final int FAILED = -5;

  /**
   * The inputs that are open, by the number that FFmpeg hands back: it can be given few functions.
   */
  private static final Map<Long, FilmInput> OPEN = new ConcurrentHashMap<>();

  private static final AtomicLong NUMBERS = new AtomicLong();

  private static final Read_packet_Pointer_BytePointer_int READ =
      new Read_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer opaque, BytePointer target, int length) {
          FilmInput input = OPEN.get(opaque.address());
          return input == null ? FAILED : input.read(target, length);
        }
      };

  private static final Seek_Pointer_long_int SEEK =
      new Seek_Pointer_long_int() {
        @Override
        public long call(Pointer opaque, long offset, int whence) {
          FilmInput input = OPEN.get(opaque.address());
          return input == null ? FAILED : input.seek(offset, whence);
        }
      };

  private final FSDataInputStream stream;
  private final long length;
  private final long promised;
  private final byte[] chunk = new byte[BUFFER_BYTES];
  private final LongPointer number;
  private final AVIOContext context;
  private long position;
  private IOException failure;

  private FilmInput(FSDataInputStream stream, long length, long promised) {
    this.stream = stream;
    this.length = length;
    this.promised = promised;
    this.number = new LongPointer(1).put(NUMBERS.incrementAndGet());
    OPEN.put(number.address(), this);
    BytePointer buffer = new BytePointer(avutil.av_malloc(BUFFER_BYTES)).capacity(BUFFER_BYTES);
    this.context = avformat.avio_alloc_context(buffer, BUFFER_BYTES, 0, number, READ, null, SEEK);
  }

  /**
   * Opens a file.
   *
   * @throws FileProblem when it is not there or cannot be read
   */
  static FilmInput open(Path file, Configuration hadoop) {
    try {
      FileSystem files = FileSystems.of(file, hadoop);
      FileStatus status = files.getFileStatus(file);
      if (status.isDirectory()) {
        throw FileProblem.unreadable(file.toString(), "is a folder, expected a video file");
      }
      FSDataInputStream stream = files.open(file);
      try {
        byte[] head = stream.readNBytes(PromisedLength.HEAD_BYTES);
        return new FilmInput(stream, status.getLen(), PromisedLength.of(head));
      } catch (IOException e) {
        stream.close();
        throw e;
      }
    } catch (FileNotFoundException e) {
      throw new FileProblem(
          FileProblem.Kind.MISSING, "%s: the file is missing or unreadable".formatted(file), e);
    } catch (IOException e) {
      throw new FileProblem(
          FileProblem.Kind.UNREADABLE,
          "%s: cannot be read: %s".formatted(file, FailureReason.of(e)),
          e);
    }
  }

  AVIOContext context() {
    return context;
  }

  long length() {
    return length;
  }

  /** Whether the file is shorter than its first bytes say. */
  boolean cutOff() {
    return promised > length;
  }

  /** Why reading failed, where it did. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  private int read(BytePointer target, int wanted) {
    try {
      stream.seek(position);
      int count = stream.read(chunk, 0, Math.min(wanted, chunk.length));
      if (count < 0) {
        return avutil.AVERROR_EOF;
      }
      target.put(chunk, 0, count);
      position += count;
      return count;
    } catch (EOFException e) {
      return avutil.AVERROR_EOF;
    } catch (IOException e) {
      failure = e;
      return FAILED;
    } catch (RuntimeException e) {
      // Nothing may be thrown through FFmpeg.
      failure = new IOException(e);
      return FAILED;
    }
  }

  private long seek(long offset, int whence) {
    int kind = whence & ~avformat.AVSEEK_FORCE;
    if (kind == avformat.AVSEEK_SIZE) {
      return length;
    }
    long target =
        switch (kind) {
          case 0 -> offset;
          case 1 -> position + offset;
          case 2 -> length + offset;
          default -> -1;
        };
    if (target < 0 || target > length) {
      return FAILED;
    }
    position = target;
    return target;
  }

  @Override
  public void close() {
    OPEN.remove(number.address());
    avutil.av_free(context.buffer());
    avformat.avio_context_free(context);
    number.close();
    try {
      stream.close();
    } catch (IOException e) {
      // What was wanted of it has been read.
      failure = e;
    }
  }
}
