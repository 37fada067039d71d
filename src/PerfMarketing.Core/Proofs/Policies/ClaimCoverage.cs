using System.Numerics;
using System.Runtime.CompilerServices;

namespace PerfMarketing.Proofs.Policies;

/// <summary>
/// Which of the first pieces of evidence cover the first used parts, so that nobody has to look again who needs a name.
/// </summary>
[InlineArray(PartCount)]
internal struct ClaimCoverage
{
    private const int PartCount = 8;
    private const int PlaceCount = 64;

    private ulong first;

    /// <summary>Notes that a piece covers a part, as far as there is room.</summary>
    public void Note(int part, int place)
    {
        if (part < PartCount && place < PlaceCount)
        {
            this[part] |= 1UL << place;
        }
    }

    /// <summary>Whether a piece that is named is known to cover a part.</summary>
    public readonly bool IsNamed(int part, ReadOnlySpan<EvidenceVerdict> verdicts, EvidenceNames names)
    {
        for (ulong rest = part < PartCount ? this[part] : 0; rest != 0; rest &= rest - 1)
        {
            if (names.Contains(verdicts[BitOperations.TrailingZeroCount(rest)].ReplayKey.GetValueOrDefault()))
            {
                return true;
            }
        }

        return false;
    }
}
