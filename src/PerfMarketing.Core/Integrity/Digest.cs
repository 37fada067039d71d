using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>A SHA-256 digest: what a canonical form or a raw body is known by.</summary>
/// <remarks>Text form: 64 lower-case hexadecimal digits. <c>default</c> is all zeros.</remarks>
[JsonConverter(typeof(TextJsonConverter<Digest>))]
public readonly record struct Digest : IParsable<Digest>
{
    /// <summary>How many bytes a digest has.</summary>
    public const int Size = 32;

    private readonly ulong first;
    private readonly ulong second;
    private readonly ulong third;
    private readonly ulong fourth;

    private Digest(ReadOnlySpan<byte> bytes)
    {
        first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The digest of some bytes.</summary>
    /// <param name="data">The bytes.</param>
    public static Digest Of(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(data, hash);
        return new(hash);
    }

    /// <inheritdoc/>
    public static Digest Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out Digest found)
        ? found
        : throw new FormatException("A digest is 64 lower-case hexadecimal digits.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Digest result)
    {
        result = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (s is not { Length: 2 * Size } || s.AsSpan().ContainsAnyInRange('A', 'F')
            || Convert.FromHexString(s, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        result = new(bytes);
        return true;
    }

    /// <summary>Takes 32 bytes for a digest.</summary>
    /// <param name="bytes">The bytes, from a store or a foreign text form.</param>
    /// <param name="result">The digest; <c>default</c> when there are not exactly 32 bytes.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Digest result)
    {
        bool valid = bytes.Length == Size;
        result = valid ? new(bytes) : default;
        return valid;
    }

    /// <summary>Copies the 32 bytes of the digest.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < Size)
        {
            throw new ArgumentException("A digest needs 32 bytes.", nameof(destination));
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], second);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], third);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], fourth);
    }

    /// <summary>The first 128 bits as 32 lower-case hexadecimal digits: the text of derived ids.</summary>
    public string ToIdText()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes[..16]);
    }

    /// <summary>The 64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
