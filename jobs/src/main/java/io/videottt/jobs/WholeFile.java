package io.videottt.jobs;

import io.videottt.metrics.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** Writes a text file that appears whole or not at all, on any Hadoop file system. */
final class WholeFile {

  private WholeFile() {}

  /**
   * Writes the text under a temporary name beside the file and renames it. An object store cannot
   * rename, but shows an upload only when it is complete, and its own client sees to that.
   *
   * @throws InvalidInputException when it cannot be written
   */
  static void write(String file, String text, Configuration hadoop) {
    try {
      Path given = new Path(file);
      FileSystem files = given.getFileSystem(hadoop);
      Path target = files.makeQualified(given);
      if (files.exists(target) && files.getFileStatus(target).isDirectory()) {
        throw new InvalidInputException("%s: is a folder; give a file name".formatted(file));
      }
      if (files instanceof LocalFileSystem local) {
        // Without the hidden checksum file that Hadoop would leave beside it.
        FileSystem raw = local.getRaw();
        Path temporary = write(raw, target, text);
        if (!raw.rename(temporary, target)) {
          raw.delete(temporary, false);
          throw new IOException("the finished file cannot be renamed");
        }
        return;
      }
      if (new ResultsFolder(target.getParent().toString(), hadoop).isObjectStore()) {
        create(files, target, text);
        return;
      }
      Path temporary = write(files, target, text);
      FileContext.getFileContext(target.toUri(), hadoop)
          .rename(temporary, target, Options.Rename.OVERWRITE);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "%s: cannot be written (%s); choose another file"
              .formatted(file, FailureMessages.describe(e)),
          e);
    }
  }

  private static Path write(FileSystem files, Path target, String text) throws IOException {
    Path temporary =
        new Path(target.getParent(), ".%s.%s".formatted(target.getName(), UUID.randomUUID()));
    try {
      create(files, temporary, text);
    } catch (IOException e) {
      files.delete(temporary, false);
      throw e;
    }
    return temporary;
  }

  private static void create(FileSystem files, Path path, String text) throws IOException {
    try (FSDataOutputStream out = files.create(path, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
