package io.videottt.base;

import java.util.Comparator;

/** Orders names as people count: runs of digits by value, so that frame 9 comes before frame 10. */
public final class NaturalOrder implements Comparator<String> {

  public static final Comparator<String> INSTANCE = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String left, String right) {
    int i = 0;
    int j = 0;
    while (i < left.length() && j < right.length()) {
      if (isDigit(left.charAt(i)) && isDigit(right.charAt(j))) {
        int leftEnd = endOfDigits(left, i);
        int rightEnd = endOfDigits(right, j);
        int order = compareNumbers(left, i, leftEnd, right, j, rightEnd);
        if (order != 0) {
          return order;
        }
        i = leftEnd;
        j = rightEnd;
      } else if (left.charAt(i) != right.charAt(j)) {
        return Character.compare(left.charAt(i), right.charAt(j));
      } else {
        i++;
        j++;
      }
    }
    int order = Integer.compare(left.length() - i, right.length() - j);
    return order != 0 ? order : left.compareTo(right);
  }

  private static int compareNumbers(
      String left, int leftStart, int leftEnd, String right, int rightStart, int rightEnd) {
    int i = withoutLeadingZeros(left, leftStart, leftEnd);
    int j = withoutLeadingZeros(right, rightStart, rightEnd);
    int order = Integer.compare(leftEnd - i, rightEnd - j);
    while (order == 0 && i < leftEnd) {
      order = Character.compare(left.charAt(i++), right.charAt(j++));
    }
    return order;
  }

  private static int withoutLeadingZeros(String text, int start, int end) {
    int first = start;
    while (first < end - 1 && text.charAt(first) == '0') {
      first++;
    }
    return first;
  }

  private static int endOfDigits(String text, int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
