using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The fields of one postback <c>pm1</c>, checked and sorted, and their one encoding.</summary>
internal sealed class Pm1Fields
{
    private const int CountMax = EvidenceClaim.CountMax;
    private const int NonceMin = 16;
    private const int NonceMax = 64;
    private const int AmountDigitsMax = 16;
    private const long AmountMax = 1_000_000_000_000_000;

    private Pm1Fields(FormField[] fields) => Fields = fields;

    internal FormField[] Fields { get; }

    internal EvidenceId EventId { get; private set; }

    internal EvidenceKind Kind { get; private set; }

    internal KeyId Key { get; private set; }

    internal Instant IssuedAt { get; private set; }

    internal EvidenceFinding Finding { get; private set; }

    internal string? State => Find("state");

    internal static bool All(FormField field) => true;

    /// <summary>What a repetition that is signed anew has in common with the first.</summary>
    internal static bool Lasting(FormField field) => field.Name is not ("issued-at" or "nonce" or "key-id");

    internal static Reason Malformed(string part) => Reason.Of(ProofReasons.Malformed, ("part", part));

    /// <summary>Reads the fields without the signature; null when they are a postback.</summary>
    internal static Reason? Read(List<FormField> fields, out Pm1Fields read)
    {
        read = new([.. fields.OrderBy(static f => f.Name, StringComparer.Ordinal)]);
        return read.CheckForm() ?? read.CheckIds() ?? read.CheckTimes() ?? read.CheckMoney() ?? read.CheckResult();
    }

    /// <summary>The bytes that are signed; no two lists of fields give the same.</summary>
    internal byte[] Encode(Func<FormField, bool> takes)
    {
        StringBuilder text = new("pm1\n");
        foreach (FormField field in Fields.Where(takes))
        {
            text.Append(field.Name).Append('=').Append(Uri.EscapeDataString(field.Value)).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    internal string ToQuery() =>
        string.Join('&', Fields.Select(static field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));

    private static bool IsPlain(string value) => value.Length is > 0 and <= EvidenceClaim.LengthMax
        && !value.AsSpan().ContainsAnyInRange('\0', '\u001f') && !value.Contains('\u007f', StringComparison.Ordinal)
        && IsWellFormed(value);

    private static bool IsWellFormed(ReadOnlySpan<char> value)
    {
        while (!value.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(value, out _, out int consumed) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            value = value[consumed..];
        }

        return true;
    }

    private static bool IsNonce(string text) => text.Length is >= NonceMin and <= NonceMax
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool TryTime(string? text, out Instant at)
    {
        ParseResult<Instant> parsed = InstantPattern.General.Parse(text?.Length == 20 ? text : string.Empty);
        at = parsed.Success ? parsed.Value : default;
        return parsed.Success;
    }

    private string? Find(string name) => Array.Find(Fields, field => field.Name == name).Value;

    private Reason? CheckForm()
    {
        for (int i = 0; i < Fields.Length; i++)
        {
            FormField field = Fields[i];
            bool isKnown = CodeName.IsValid(field.Name) && IsPlain(field.Value ?? string.Empty);
            if (!isKnown || field.Name == Pm1.SignatureField || (i > 0 && Fields[i - 1].Name == field.Name))
            {
                return Malformed(CodeName.IsValid(field.Name) ? field.Name : "name");
            }
        }

        return Fields.Length <= CountMax ? null : Malformed("fields");
    }

    private Reason? CheckIds()
    {
        bool isContract = Identifier.IsValid(Find(Pm1.ContractField));
        bool isKind = EvidenceKind.TryParse(Find("kind"), null, out EvidenceKind kind);
        bool isEvent = EvidenceId.TryParse(Find("event-id"), null, out EvidenceId eventId);
        bool isKey = KeyId.TryParse(Find("key-id"), null, out KeyId key);
        (Kind, EventId, Key) = (kind, eventId, key);
        string? wrong = !isContract ? "contract" : !isKind ? "kind" : !isEvent ? "event-id" : !isKey ? "key-id" : null;
        wrong ??= IsNonce(Find("nonce") ?? string.Empty) ? null : "nonce";
        return wrong is null ? null : Malformed(wrong);
    }

    private Reason? CheckTimes()
    {
        bool isTimed = TryTime(Find("occurred-at"), out Instant occurredAt);
        isTimed &= TryTime(Find("issued-at"), out Instant issuedAt);
        IssuedAt = issuedAt;
        return isTimed && occurredAt - issuedAt <= Duration.FromSeconds(SignedTime.ToleranceSeconds)
            ? null
            : new(ProofReasons.BadTimestamp);
    }

    // Whole minor units without a leading zero, and never one of the two without the other.
    private Reason? CheckMoney()
    {
        string? amount = Find("amount");
        string? currency = Find("currency");
        if (amount is null && currency is null)
        {
            return null;
        }

        bool isAmount = amount is { Length: <= AmountDigitsMax + 1 }
            && long.TryParse(amount, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long minor)
            && Math.Abs(minor) <= AmountMax
            && minor.ToString(CultureInfo.InvariantCulture) == amount;
        bool isCurrency = currency is { Length: 3 } && currency.All(char.IsAsciiLetterUpper);
        return isAmount && isCurrency ? null : Malformed(isAmount ? "currency" : "amount");
    }

    private Reason? CheckResult()
    {
        (bool isKnown, Finding) = Find("result") switch
        {
            null or "happened" => (true, EvidenceFinding.Happened),
            "failed" => (true, EvidenceFinding.Failed),
            "undecided" => (true, EvidenceFinding.Undecided),
            _ => (false, EvidenceFinding.Undecided),
        };
        return isKnown ? null : Malformed("result");
    }
}
