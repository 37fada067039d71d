using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Commands;

/// <summary>What every command that reads a log is told.</summary>
/// <param name="Campaign">The campaign's file.</param>
/// <param name="Events">The log's file.</param>
/// <param name="Map">The file that says how a foreign log's columns are read; null for the native form.</param>
/// <param name="AsOf">The instant at which everything is looked at; null means the last one in the log.</param>
/// <param name="Rates">The file of exchange rates; null when there is none.</param>
internal sealed record LogRequest(string Campaign, string Events, string? Map, Instant? AsOf, string? Rates = null);

/// <summary>What <c>settle</c> is told.</summary>
/// <param name="Log">Campaign and log.</param>
/// <param name="Period">The month whose statements are printed; null means all.</param>
/// <param name="Previous">The folder with the closed statements of an earlier run; null when there is none.</param>
/// <param name="Out">The folder to write to; null writes nothing.</param>
/// <param name="IsJson">Whether one JSON object is printed instead of the table.</param>
/// <param name="IsStrict">Whether one bad line fails the whole run.</param>
/// <param name="IsSorted">Whether the log is in the order of recording and is streamed instead of held.</param>
internal sealed record SettleRequest(
    LogRequest Log, YearMonth? Period, string? Previous, string? Out, bool IsJson, bool IsStrict, bool IsSorted)
{
    /// <summary>How much the written decisions explain.</summary>
    public DecisionDetail Explain { get; init; } = DecisionDetail.Standard;

    /// <summary>The file with the key of which the salts of seals are made; null when there is none.</summary>
    public string? SealKey { get; init; }

    /// <summary>Whether a proof is written for each line of a closed statement.</summary>
    public bool HasProofs { get; init; }
}

/// <summary>What <c>audit</c> is told.</summary>
/// <param name="Folder">The folder that <c>settle --out</c> wrote.</param>
/// <param name="IsJson">Whether one JSON object is printed instead of text.</param>
/// <param name="Head">A head of the ledger that was published before; null when there is none.</param>
internal sealed record AuditRequest(string Folder, bool IsJson, TreeHead? Head);

/// <summary>How much a written decision explains.</summary>
internal enum DecisionDetail
{
    /// <summary>What was decided and posted, without reasons and touches.</summary>
    None,

    /// <summary>What won, and what is missing or was refused.</summary>
    Standard,

    /// <summary>Also what lost, and why.</summary>
    Full,
}

/// <summary>What <c>diff</c> is told.</summary>
/// <param name="Old">The older version's file.</param>
/// <param name="New">The newer version's file.</param>
/// <param name="IsJson">Whether one JSON object is printed instead of text.</param>
internal sealed record DiffRequest(string Old, string New, bool IsJson);

/// <summary>What <c>compare</c> is told.</summary>
/// <param name="Campaigns">The campaigns' files, the one that the others are compared with first.</param>
/// <param name="Log">The log, with the first campaign.</param>
internal sealed record CompareRequest(ValueList<string> Campaigns, LogRequest Log)
{
    /// <summary>The kinds that count as an acquisition; the usual ones when empty.</summary>
    public ValueList<OutcomeKind> Acquisitions { get; init; } = [];

    /// <summary>The kinds whose value is revenue; the usual ones when empty.</summary>
    public ValueList<OutcomeKind> Revenue { get; init; } = [];

    /// <summary>Where a picture of the costs is written; null when none is asked for.</summary>
    public string? Picture { get; init; }

    /// <summary>The folder to write to; null writes nothing.</summary>
    public string? Out { get; init; }

    /// <summary>Whether one JSON object is printed instead of the table.</summary>
    public bool IsJson { get; init; }

    /// <summary>Whether one bad line fails the whole run.</summary>
    public bool IsStrict { get; init; }
}

/// <summary>The kinds of file that terms are written in.</summary>
internal enum FileKind
{
    /// <summary>A campaign with its contracts.</summary>
    Campaign,

    /// <summary>One contract.</summary>
    Contract,
}

/// <summary>What <c>explain</c> is told.</summary>
/// <param name="Log">Campaign and log.</param>
/// <param name="Outcome">The outcome to explain.</param>
/// <param name="Audience">Who reads the explanation.</param>
internal sealed record ExplainRequest(LogRequest Log, OutcomeId Outcome, ExplainAudience Audience);

/// <summary>Who reads an explanation.</summary>
/// <param name="Kind">Which party.</param>
/// <param name="Partner">Which partner; null for the other parties.</param>
internal readonly record struct ExplainAudience(AudienceKind Kind, PartnerId? Partner = null)
{
    private const string PartnerPrefix = "partner:";

    /// <summary>Reads <c>advertiser</c>, <c>network</c> or <c>partner:ID</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="audience">The audience.</param>
    public static bool TryParse(string text, out ExplainAudience audience)
    {
        ArgumentNullException.ThrowIfNull(text);
        audience = new(text == "network" ? AudienceKind.Network : AudienceKind.Advertiser);
        if (text is "advertiser" or "network")
        {
            return true;
        }

        bool isPartner = text.StartsWith(PartnerPrefix, StringComparison.Ordinal)
            & PartnerId.TryParse(text[Math.Min(PartnerPrefix.Length, text.Length)..], null, out PartnerId partner);
        audience = new(AudienceKind.Partner, partner);
        return isPartner;
    }
}

/// <summary>The parties that may read an explanation.</summary>
internal enum AudienceKind
{
    /// <summary>Who pays for results.</summary>
    Advertiser,

    /// <summary>Who stands between advertiser and partners.</summary>
    Network,

    /// <summary>One partner.</summary>
    Partner,
}
