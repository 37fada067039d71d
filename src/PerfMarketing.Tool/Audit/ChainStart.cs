using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Tool.Audit;

/// <summary>
/// The first line of <c>chain.jsonl</c>: whose records they are, and by which secret they are salted.
/// </summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Secret">The folder's secret, of which every salt is made.</param>
internal sealed record ChainStart(CampaignId Campaign, Digest Secret) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The beginning of a campaign's chain.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="key">
    /// The host's key; without one the secret follows from the campaign's name, and hides nothing.
    /// </param>
    public static ChainStart Of(CampaignId campaign, ProofSecret? key)
    {
        using System.Security.Cryptography.IncrementalHash? hash = key?.StartHmacSha256();
        CanonicalWriter words = new CanonicalWriter("folder-secret").Text(campaign.Value);
        if (hash is null)
        {
            return new(campaign, words.ToDigest());
        }

        hash.AppendData(words.WrittenSpan);
        _ = Digest.TryRead(hash.GetHashAndReset(), out Digest secret);
        return new(campaign, secret);
    }

    /// <summary>Reads the line.</summary>
    /// <param name="terms">The terms.</param>
    public static ChainStart Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new(terms.Value<CampaignId>("campaign"), terms.Value<Digest>("secret"));
    }

    /// <summary>The secret as the makers of salts take it.</summary>
    public ProofSecret ToSecret()
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        Secret.CopyTo(bytes);
        return ProofSecret.FromBytes(bytes);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("campaign", Campaign);
        terms.Value("secret", Secret);
    }
}
