package io.videottt.model.checkpoint;

import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;

/**
 * An unpickler that runs nothing of a file: it knows the operations of plain data and the names of
 * {@link PickledObjects}, and refuses everything else. It reads protocols 2 to 5, as Python 2 and 3
 * write them.
 *
 * <p>Time and memory are bounded by the file: long bytes and texts stay in it, every operation and
 * every text that is kept counts, no length is believed before that much is there, and nothing that
 * a pickle can nest is ever compared, hashed or printed.
 */
final class CheckpointUnpickler extends Unpickler {

  /** Checkpoints of the largest models, optimisers included, take a tenth. */
  private static final int MOST_OPERATIONS = 4_000_000;

  /** Names of tensors have a tenth. */
  private static final int LONGEST_TEXT = 1 << 12;

  private static final long MOST_TEXT = 1 << 26;
  private static final int LONGEST_LINE = 1 << 10;
  private static final int LONGEST_INTEGER = 1 << 8;

  private final String source;
  private final StoredBytes bytes;
  private final PickledObjects objects;
  private final Function<Object[], Object> storages;
  private final CountedInput counted;
  private final Effort effort;
  private int protocol;

  /** What a file has taken so far, pickles within its pickle included. */
  static final class Effort {
    private long operations;
    private long text;
  }

  private CheckpointUnpickler(
      String source,
      StoredBytes bytes,
      CountedInput counted,
      Effort effort,
      PickledObjects objects,
      Function<Object[], Object> storages) {
    this.source = source;
    this.bytes = bytes;
    this.counted = counted;
    this.effort = effort;
    this.objects = objects;
    this.storages = storages;
  }

  /**
   * What a pickle holds.
   *
   * @param root dictionaries as maps, lists as lists, tuples as arrays, tensors as {@link
   *     PickledTensor}
   * @param protocol version of the format
   * @param end first byte behind it
   */
  record Pickle(Object root, int protocol, long end) {}

  /**
   * Reads one pickle.
   *
   * @param source file, for messages
   * @param bytes that begin with it
   * @param endianness of torch's tensors
   * @param storages makes the storage that a persistent id names
   * @throws InvalidInputException when it is truncated, damaged, too large, or names anything but
   *     tensors, arrays and plain containers
   */
  static Pickle read(
      String source, StoredBytes bytes, ByteOrder endianness, Function<Object[], Object> storages) {
    Effort effort = new Effort();
    PickledObjects objects =
        new PickledObjects(
            endianness, serialized -> SerializedStorage.read(serialized, source, effort));
    return read(source, bytes, effort, objects, storages);
  }

  /** As {@link #read(String, StoredBytes, ByteOrder, Function)}, a pickle within a pickle. */
  static Pickle readWithin(
      String source, StoredBytes bytes, Effort effort, Function<Object[], Object> storages) {
    PickledObjects objects =
        new PickledObjects(
            ByteOrder.LITTLE_ENDIAN,
            serialized -> {
              throw new PickleException("a storage is within a storage");
            });
    return read(source, bytes, effort, objects, storages);
  }

  private static Pickle read(
      String source,
      StoredBytes bytes,
      Effort effort,
      PickledObjects objects,
      Function<Object[], Object> storages) {
    try (InputStream stream = bytes.open()) {
      CountedInput counted = new CountedInput(stream, bytes.length());
      return new CheckpointUnpickler(source, bytes, counted, effort, objects, storages).read();
    } catch (IOException e) {
      throw new InvalidInputException("%s: %s".formatted(source, e.getMessage()), e);
    }
  }

  private Pickle read() {
    try {
      Object root = load(counted);
      return new Pickle(root, protocol, counted.position());
    } catch (InvalidInputException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s is truncated or damaged: its pickle breaks off at byte %d: %s; copy it again"
              .formatted(source, counted.position(), e.getMessage()),
          e);
    } catch (RuntimeException e) {
      // Operations on values that they are not for, in every way in which those can be wrong.
      throw new InvalidInputException(
          "%s: its pickle makes no sense at byte %d%s"
              .formatted(
                  source,
                  counted.position(),
                  e instanceof PickleException ? ": " + e.getMessage() : ""),
          e);
    }
  }

  @Override
  protected Object dispatch(short operation) throws IOException {
    work(1);
    switch (operation) {
        // Numbers, tuples, lists and the memo are the library's; it copies none of them.
      case Opcodes.MARK, Opcodes.STOP, Opcodes.NONE, Opcodes.NEWTRUE, Opcodes.NEWFALSE -> {
        return super.dispatch(operation);
      }
      case Opcodes.BININT, Opcodes.BININT1, Opcodes.BININT2, Opcodes.LONG1, Opcodes.BINFLOAT -> {
        return super.dispatch(operation);
      }
      case Opcodes.EMPTY_TUPLE, Opcodes.TUPLE1, Opcodes.TUPLE2, Opcodes.TUPLE3, Opcodes.TUPLE -> {
        return super.dispatch(operation);
      }
      case Opcodes.EMPTY_LIST, Opcodes.APPEND, Opcodes.FRAME, Opcodes.READONLY_BUFFER -> {
        return super.dispatch(operation);
      }
      case Opcodes.BINPUT, Opcodes.LONG_BINPUT, Opcodes.MEMOIZE -> {
        return super.dispatch(operation);
      }
      case Opcodes.BINGET, Opcodes.LONG_BINGET -> {
        return super.dispatch(operation);
      }
      case Opcodes.PROTO -> protocol = requireProtocol(counted.read());
      case Opcodes.INT -> stack.add(Long.parseLong(counted.line(LONGEST_LINE)));
      case Opcodes.LONG4 -> passInteger();
      case Opcodes.SHORT_BINSTRING -> string(1, StandardCharsets.ISO_8859_1);
      case Opcodes.BINSTRING -> string(4, StandardCharsets.ISO_8859_1);
      case Opcodes.SHORT_BINUNICODE -> string(1, StandardCharsets.UTF_8);
      case Opcodes.BINUNICODE -> string(4, StandardCharsets.UTF_8);
      case Opcodes.BINUNICODE8 -> string(8, StandardCharsets.UTF_8);
      case Opcodes.SHORT_BINBYTES -> stack.add(range(counted.number(1)));
      case Opcodes.BINBYTES -> stack.add(range(counted.number(4)));
      case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> stack.add(range(counted.number(8)));
      case Opcodes.APPENDS -> appendAll();
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
      case Opcodes.SETITEM -> setItem();
      case Opcodes.SETITEMS -> setItems();
      case Opcodes.EMPTY_SET -> stack.add(new LinkedHashSet<>());
      case Opcodes.ADDITEMS -> addItems();
      case Opcodes.FROZENSET -> stack.add(set(stack.pop_all_since_marker()));
      case Opcodes.GLOBAL -> name(counted.line(LONGEST_LINE), counted.line(LONGEST_LINE));
      case Opcodes.STACK_GLOBAL -> stackName();
      case Opcodes.REDUCE, Opcodes.NEWOBJ -> call();
      case Opcodes.BUILD -> build();
      case Opcodes.BINPERSID -> stack.add(storages.apply((Object[]) stack.pop()));
      default -> throw unknown(operation);
    }
    return NO_RETURN_VALUE;
  }

  private void work(long amount) {
    effort.operations += amount;
    if (effort.operations > MOST_OPERATIONS) {
      throw new InvalidInputException(
          "%s: its pickle takes more than %d operations; no checkpoint does"
              .formatted(source, MOST_OPERATIONS));
    }
  }

  private InvalidInputException unknown(short operation) {
    return new InvalidInputException(
        operation == Opcodes.NEXT_BUFFER
            ? source + ": its pickle keeps its data in buffers outside of the file"
            : "%s: its pickle has the operation 0x%02x at byte %d, which plain data does not need"
                .formatted(source, operation, counted.position() - 1));
  }

  private int requireProtocol(int version) {
    if (version < 2 || version > HIGHEST_PROTOCOL) {
      throw new InvalidInputException(
          "%s: its pickle is of protocol %d; 2 to %d are read"
              .formatted(source, version, HIGHEST_PROTOCOL));
    }
    return version;
  }

  /** No number of a tensor is so long: its value does not matter, its length must. */
  private void passInteger() throws IOException {
    long count = counted.number(4);
    if (count > LONGEST_INTEGER) {
      throw new PickleException("a number of %d bytes".formatted(count));
    }
    counted.pass(count);
    stack.add(0L);
  }

  private void string(int lengthBytes, Charset charset) throws IOException {
    long count = counted.number(lengthBytes);
    if (count >= 0 && count <= LONGEST_TEXT) {
      effort.text += count;
      if (effort.text > MOST_TEXT) {
        throw new InvalidInputException(
            "%s: its pickle holds more than %d bytes of text; no checkpoint does"
                .formatted(source, MOST_TEXT));
      }
      stack.add(counted.text((int) count, charset));
      return;
    }
    StoredBytes range = range(count);
    // A byte string of Python 2 is a byte string, whatever it is called.
    stack.add(charset == StandardCharsets.ISO_8859_1 ? range : new PickledObjects.LongText(range));
  }

  /** Bytes that stay in the file. */
  private StoredBytes range(long count) throws IOException {
    long start = counted.position();
    counted.pass(count);
    return bytes.slice(start, count);
  }

  @SuppressWarnings("unchecked")
  private void appendAll() {
    List<Object> items = stack.pop_all_since_marker();
    ((ArrayList<Object>) stack.peek()).addAll(items);
  }

  @SuppressWarnings("unchecked")
  private void setItem() {
    Object value = stack.pop();
    Object key = stack.pop();
    ((Map<Object, Object>) stack.peek()).put(PickledObjects.key(key), value);
  }

  @SuppressWarnings("unchecked")
  private void setItems() {
    List<Object> items = stack.pop_all_since_marker();
    Map<Object, Object> target = (Map<Object, Object>) stack.peek();
    for (int index = 0; index < items.size(); index += 2) {
      target.put(PickledObjects.key(items.get(index)), items.get(index + 1));
    }
  }

  @SuppressWarnings("unchecked")
  private void addItems() {
    Set<Object> items = set(stack.pop_all_since_marker());
    ((Set<Object>) stack.peek()).addAll(items);
  }

  private static Set<Object> set(List<Object> items) {
    Set<Object> set = new LinkedHashSet<>();
    items.forEach(item -> set.add(PickledObjects.key(item)));
    return set;
  }

  private void stackName() {
    String name = (String) stack.pop();
    String module = (String) stack.pop();
    name(module, name);
  }

  private void name(String module, String name) {
    Object object = objects.find(module, name);
    if (object == null) {
      throw PickledObjects.refused(source, module, name);
    }
    stack.add(object);
  }

  private void call() {
    Object[] arguments = (Object[]) stack.pop();
    work(PickledObjects.entries(arguments));
    stack.add(((IObjectConstructor) stack.pop()).construct(arguments));
  }

  private void build() {
    Object state = stack.pop();
    if (!PickledObjects.build(stack.peek(), state)) {
      throw new PickleException("a state is given to what has none");
    }
  }
}
