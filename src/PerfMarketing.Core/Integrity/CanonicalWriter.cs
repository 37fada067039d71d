using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NodaTime;

namespace PerfMarketing.Integrity;

/// <summary>
/// Writes typed values as bytes of which a digest is taken: the same values always give the same bytes, others never
/// do.
/// </summary>
/// <remarks>
/// Format 1. The bytes are <c>PMC</c>, the version byte 1, and the values in order, the purpose first as a text. A
/// value is a kind byte and its content; texts, bytes and counts have their length before them, so no value can run
/// into the next.
/// <list type="table">
/// <item><term>0</term><description>nothing</description></item>
/// <item><term>1</term><description>text: length in bytes (4), UTF-8</description></item>
/// <item><term>2</term><description>whole number: 8 bytes, two's complement</description></item>
/// <item><term>3</term><description>decimal, by value: as a text such as <c>-11e-1</c> (digits without zeros at their
/// ends) or <c>0</c></description></item>
/// <item><term>4, 5</term><description>false, true</description></item>
/// <item><term>6</term><description>bytes: length (4), bytes</description></item>
/// <item><term>7</term><description>list: count (4), then that many values</description></item>
/// <item><term>8</term><description>object: count (4), then that many pairs of a text and a value</description></item>
/// <item><term>9</term><description>instant: days since 1970-01-01 (4), nanosecond of the day (8)</description></item>
/// </list>
/// Numbers are big-endian. Not thread-safe; <see cref="Reset"/> makes it ready for the next digest without new memory.
/// </remarks>
public sealed class CanonicalWriter
{
    /// <summary>The version of the format; another format gives other digests.</summary>
    public const byte Version = 1;

    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly LocalDate Epoch = new(1970, 1, 1);

    // Numbers of about this many characters need nothing but the stack.
    private const int ShortSize = 64;

    private const int SizeByDefault = 256;

    private readonly ArrayBufferWriter<byte> buffer;

    /// <summary>A writer for digests of one purpose.</summary>
    /// <param name="purpose">
    /// What the digest is of, such as <c>earning</c>; digests of two purposes never agree.
    /// </param>
    public CanonicalWriter(string purpose)
        : this(purpose, SizeByDefault)
    {
    }

    /// <summary>A writer with room for about so many bytes, which grows when there are more.</summary>
    internal CanonicalWriter(string purpose, int size)
    {
        buffer = new(size);
        Reset(purpose);
    }

    private static ReadOnlySpan<byte> Name => "PMC"u8;

    private enum Kind : byte
    {
        Null,
        Text,
        Integer,
        Number,
        False,
        True,
        Bytes,
        List,
        Object,
        Instant,
    }

    /// <summary>The bytes written so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> WrittenSpan => buffer.WrittenSpan;

    /// <summary>Forgets what was written and starts again.</summary>
    /// <param name="purpose">What the next digest is of.</param>
    public CanonicalWriter Reset(string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        buffer.ResetWrittenCount();
        buffer.Write(Name);
        buffer.Write([Version]);
        return Text(purpose);
    }

    /// <summary>Writes that a value is absent.</summary>
    public CanonicalWriter Null() => Put(Kind.Null);

    /// <summary>Writes a text; null is written as absent.</summary>
    /// <param name="value">The text.</param>
    /// <exception cref="EncoderFallbackException">The text has half of a surrogate pair.</exception>
    public CanonicalWriter Text(string? value) => value is null ? Null() : Put(Kind.Text).PutText(value);

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The number.</param>
    public CanonicalWriter Integer(long value)
    {
        Put(Kind.Integer);
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
        return this;
    }

    /// <summary>Writes a decimal number by its value: 1.10 and 1.1 are the same.</summary>
    /// <param name="value">The number.</param>
    public CanonicalWriter Number(decimal value)
    {
        Span<char> digits = stackalloc char[32];
        return value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture)
            ? Number(digits[..length])
            : Number(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Writes a decimal number of any size by its value.</summary>
    /// <param name="digits">The number as JSON writes it.</param>
    /// <exception cref="FormatException">
    /// The digits are not a number, or the exponent has more than 9 digits.
    /// </exception>
    public CanonicalWriter Number(ReadOnlySpan<char> digits)
    {
        int size = digits.Length + CanonicalNumber.LengthMore;
        Span<char> form = size <= ShortSize ? stackalloc char[ShortSize] : new char[size];
        int length = CanonicalNumber.Write(digits, form);
        return Put(Kind.Number).PutText(form[..length]);
    }

    /// <summary>Writes true or false.</summary>
    /// <param name="value">The value.</param>
    public CanonicalWriter Flag(bool value) => Put(value ? Kind.True : Kind.False);

    /// <summary>Writes bytes.</summary>
    /// <param name="value">The bytes.</param>
    public CanonicalWriter Bytes(ReadOnlySpan<byte> value)
    {
        Put(Kind.Bytes).PutCount(value.Length);
        buffer.Write(value);
        return this;
    }

    /// <summary>Writes a digest as its 32 bytes.</summary>
    /// <param name="value">The digest.</param>
    public CanonicalWriter Digest(Digest value)
    {
        Span<byte> bytes = stackalloc byte[Integrity.Digest.Size];
        value.CopyTo(bytes);
        return Bytes(bytes);
    }

    /// <summary>Writes an instant, to the nanosecond.</summary>
    /// <param name="value">The instant.</param>
    public CanonicalWriter Instant(Instant value)
    {
        LocalDateTime utc = value.InUtc().LocalDateTime;
        Put(Kind.Instant).PutCount(Period.DaysBetween(Epoch, utc.Date));
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(8), utc.NanosecondOfDay);
        buffer.Advance(8);
        return this;
    }

    /// <summary>Starts a list; the next <paramref name="count"/> values are its items.</summary>
    /// <param name="count">How many items follow.</param>
    public CanonicalWriter List(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Put(Kind.List).PutCount(count);
    }

    /// <summary>
    /// Starts an object; the next <paramref name="count"/> pairs of a text and a value are its members.
    /// </summary>
    /// <param name="count">How many pairs follow.</param>
    public CanonicalWriter Object(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Put(Kind.Object).PutCount(count);
    }

    /// <summary>The digest of what was written.</summary>
    public Digest ToDigest() => Integrity.Digest.Of(buffer.WrittenSpan);

    private CanonicalWriter Put(Kind kind)
    {
        buffer.GetSpan(1)[0] = (byte)kind;
        buffer.Advance(1);
        return this;
    }

    private CanonicalWriter PutCount(int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(4), count);
        buffer.Advance(4);
        return this;
    }

    private CanonicalWriter PutText(ReadOnlySpan<char> text)
    {
        buffer.Advance(PutText(buffer.GetSpan(TextSizeMax(text)), text));
        return this;
    }

    // Its length in bytes, then the bytes.
    private static int PutText(Span<byte> place, ReadOnlySpan<char> text)
    {
        int length = Strict.GetBytes(text, place[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(place, length);
        return sizeof(int) + length;
    }

    private static int TextSizeMax(ReadOnlySpan<char> text) => sizeof(int) + Strict.GetMaxByteCount(text.Length);

    /// <summary>The most bytes that <see cref="Write"/> needs.</summary>
    /// <param name="purpose">What the bytes are for.</param>
    /// <param name="texts">The texts.</param>
    internal static int SizeMax(string purpose, ReadOnlySpan<string?> texts)
    {
        int size = Name.Length + 1 + 1 + TextSizeMax(purpose) + 1 + sizeof(int);
        foreach (string? text in texts)
        {
            size += 1 + (text is null ? 0 : TextSizeMax(text));
        }

        return size;
    }

    /// <summary>Writes a list of texts without a writer: the same bytes, in one go.</summary>
    /// <param name="place">Where to; at least <see cref="SizeMax"/> bytes.</param>
    /// <param name="purpose">What the bytes are for.</param>
    /// <param name="texts">The texts; null stands for absent.</param>
    /// <returns>How many bytes were written.</returns>
    internal static int Write(Span<byte> place, string purpose, ReadOnlySpan<string?> texts)
    {
        Name.CopyTo(place);
        int next = Name.Length;
        place[next++] = Version;
        place[next++] = (byte)Kind.Text;
        next += PutText(place[next..], purpose);
        place[next++] = (byte)Kind.List;
        BinaryPrimitives.WriteInt32BigEndian(place[next..], texts.Length);
        next += sizeof(int);
        foreach (string? text in texts)
        {
            place[next++] = (byte)(text is null ? Kind.Null : Kind.Text);
            next += text is null ? 0 : PutText(place[next..], text);
        }

        return next;
    }
}
