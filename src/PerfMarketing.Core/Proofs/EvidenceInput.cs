using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs;

/// <summary>Evidence as it was received, before anybody believes it.</summary>
/// <remarks>
/// Kind and scheme come from the host's configuration of the place where it was received, never from the message. The
/// body is the raw bytes: parse them only after the verdict.
/// </remarks>
public sealed class EvidenceInput
{
    /// <summary>The most bytes of a body: 256 KiB.</summary>
    public const int BodyLengthMax = 256 * 1024;

    /// <summary>The most headers; hand over only those that the scheme reads.</summary>
    public const int HeaderCountMax = 64;

    /// <summary>The most characters of all headers' names and values and the request's address together.</summary>
    public const int HeaderLengthMax = 8 * 1024;

    /// <summary>What the evidence speaks of.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>How it is to be checked.</summary>
    public required SchemeId Scheme { get; init; }

    /// <summary>When the host received it, by the host's clock.</summary>
    public required Instant ReceivedAt { get; init; }

    /// <summary>
    /// The provider's id, for schemes whose messages carry none that is signed; others use the signed one.
    /// </summary>
    public EvidenceId? Id { get; init; }

    /// <summary>The raw bytes. Empty by default.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The headers that came with it. None by default.</summary>
    public ValueList<EvidenceHeader> Headers { get; init; } = [];

    /// <summary>The request that brought it, for schemes that sign its method or address. None by default.</summary>
    public EvidenceRequest? Request { get; init; }

    /// <summary>
    /// The class of network addresses that the sender's belongs to, by the host's lists; null when it is in none.
    /// Every valid verdict notes it as an uncovered claim.
    /// </summary>
    public string? SourceClass { get; init; }

    /// <summary>How many headers have a name, and the value of the first of them.</summary>
    /// <param name="name">The name, in upper or lower case.</param>
    /// <param name="value">The value; null when there is none.</param>
    public int FindHeader(string name, out string? value)
    {
        int count = 0;
        value = null;
        foreach (EvidenceHeader header in Headers)
        {
            if (header.Value is not null && string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                value ??= header.Value;
                count++;
            }
        }

        return count;
    }
}
