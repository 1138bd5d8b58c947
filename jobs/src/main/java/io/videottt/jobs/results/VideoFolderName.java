package io.videottt.jobs.results;

import io.videottt.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a video's partition folder is called after {@code video=}: its name, escaped as Hive does
 * it, or where that is too long for a file system the beginning of it and a hash of the whole. Rows
 * in such a folder hold the name in a column.
 */
final class VideoFolderName {

  private static final String KEY = "video=";

  /** Bytes of a name that local disks and HDFS take. */
  private static final int LONGEST = 255;

  /** Hexadecimal digits of the hash. */
  private static final int DIGITS = 16;

  private static final int LONGEST_BEGINNING = 160;

  private static final Pattern ESCAPE = Pattern.compile("%([0-7][0-9A-F])");
  private static final int HEXADECIMAL = 16;

  private VideoFolderName() {}

  /** The folder's name, with the column's. */
  static String of(String video) {
    return isWhole(video) ? KEY + escaped(video) : KEY + shortened(video);
  }

  /** Whether the folder's name holds all of the video's. */
  static boolean isWhole(String video) {
    return bytes(KEY + escaped(video)) <= LONGEST;
  }

  /** The video whose folder has a name, or of a shortened one the beginning. */
  static String video(String folderName) {
    return ESCAPE
        .matcher(folderName.substring(KEY.length()))
        .replaceAll(
            code ->
                Matcher.quoteReplacement(
                    Character.toString(Integer.parseInt(code.group(1), HEXADECIMAL))));
  }

  private static String shortened(String video) {
    StringBuilder beginning = new StringBuilder();
    for (int i = 0; i < video.length(); ) {
      String next = escaped(Character.toString(video.codePointAt(i)));
      if (bytes(beginning + next) > LONGEST_BEGINNING) {
        break;
      }
      beginning.append(next);
      i += Character.charCount(video.codePointAt(i));
    }
    MessageDigest digest = Sha256.digest();
    digest.update(video.getBytes(StandardCharsets.UTF_8));
    return beginning + "~" + Sha256.hex(digest).substring(0, DIGITS);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Characters that would break a partition folder's name are written as Hive writes them. */
  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder();
    for (char c : value.toCharArray()) {
      if (c < ' ' || "\"#%'*/:=?\\{}[]^\u007f".indexOf(c) >= 0) {
        escaped.append(String.format("%%%02X", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
