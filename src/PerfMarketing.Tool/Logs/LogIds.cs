using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;

namespace PerfMarketing.Tool.Logs;

/// <summary>
/// Makes the ids of events whose lines have none, from their content: the same in whatever order the lines come.
/// </summary>
/// <remarks>
/// 128 bits of SHA-256 over all that the line says. Lines that say exactly the same get <c>-2</c>, <c>-3</c> … after
/// it.
/// </remarks>
internal sealed class LogIds(LogTables tables)
{
    private const int FixedSize = 1 + (3 * sizeof(long)) + 1;

    private const string OutcomePurpose = "log.outcome";

    private readonly List<byte[]> profileDigests = [];
    private readonly CanonicalWriter writer = new(OutcomePurpose);

    /// <summary>The id of a touchpoint.</summary>
    /// <param name="touch">The touchpoint.</param>
    /// <param name="ordinal">Which one it is among those that are exactly the same, from 1.</param>
    public TouchpointId OfTouch(in HeldTouch touch, int ordinal)
    {
        Span<byte> content = stackalloc byte[FixedSize + SHA256.HashSizeInBytes + Identifier.LengthMax];
        ReadOnlySpan<byte> customer = tables.CustomerText(touch.Customer);
        content[0] = (byte)'t';
        BinaryPrimitives.WriteInt64BigEndian(content[1..], touch.At);
        BinaryPrimitives.WriteInt64BigEndian(content[9..], touch.RecordedAt);
        BinaryPrimitives.WriteInt64BigEndian(content[17..], touch.Sequence);
        content[25] = (byte)customer.Length;
        ProfileDigest(touch.Profile).CopyTo(content[FixedSize..]);
        customer.CopyTo(content[(FixedSize + SHA256.HashSizeInBytes)..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content[..(FixedSize + SHA256.HashSizeInBytes + customer.Length)], digest);
        return new(Numbered(Convert.ToHexStringLower(digest[..16]), ordinal));
    }

    /// <summary>
    /// What the id of an unnamed outcome is made of: all that the outcome and its own touchpoint say.
    /// </summary>
    /// <param name="outcome">An outcome without lines and facts; its id and touchpoint do not count.</param>
    /// <param name="ownTouch">The id of the touchpoint's content; null when it has none of its own.</param>
    public string ContentOf(Outcome outcome, string? ownTouch)
    {
        writer.Reset(OutcomePurpose).Text(outcome.Customer?.Value).Instant(outcome.At).Instant(outcome.RecordedAt);
        writer.Text(outcome.Kind.Code).Text(outcome.OrderId?.Value).Number(outcome.Quantity).Text(ownTouch);
        _ = outcome.Value is { } value
            ? writer.Integer(value.MinorUnits).Text(value.Currency.Code)
            : writer.Null();
        return writer.ToDigest().ToIdText();
    }

    /// <summary>The id of the touchpoint on an outcome's own line, when that line has no id for it.</summary>
    /// <param name="outcome">The outcome.</param>
    public static TouchpointId OfOwnTouch(OutcomeId outcome) => new(DerivedId.Of("log.own-touch", outcome.Value));

    /// <summary>An id with its number among equals, when it is not the first.</summary>
    /// <param name="text">The id.</param>
    /// <param name="ordinal">From 1.</param>
    public static string Numbered(string text, int ordinal) =>
        ordinal <= 1 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}-{ordinal}");

    private ReadOnlySpan<byte> ProfileDigest(int number)
    {
        while (profileDigests.Count <= number)
        {
            profileDigests.Add(SHA256.HashData(Encoding.UTF8.GetBytes(tables.Profile(profileDigests.Count).Text)));
        }

        return profileDigests[number];
    }
}
