using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tool.Commands;

/// <summary>The command <c>verify</c>.</summary>
/// <param name="console">Where it prints.</param>
internal sealed class VerifyAction(ToolConsole console)
{
    /// <summary>Checks one piece of evidence.</summary>
    /// <param name="request">What to do.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(VerifyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        EvidenceSchemes schemes = EvidenceSchemes.Default.With(AdAttributionKit.Development);
        schemes = request.AllowsLegacy ? schemes.AllowLegacy() : schemes;
        if (schemes.Find(request.Scheme) is not { } scheme)
        {
            console.Complain([$"No scheme is called '{request.Scheme}'. There are: {string.Join(", ", schemes.Ids)}."]);
            return ExitCodes.WrongUsage;
        }

        try
        {
            return Verify(request, scheme);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing was checked: that is no verdict.
            console.Complain([e.Message]);
            return ExitCodes.WrongUsage;
        }
    }

    private int Verify(VerifyRequest request, EvidenceScheme scheme)
    {
        ProofKey? key = request.KeyFile is { } file
            ? scheme.ReadKey(request.KeyId, File.ReadAllText(file).TrimEnd('\r', '\n'))
            : null;
        EvidenceInput input = new()
        {
            Kind = request.Kind,
            Scheme = request.Scheme,
            Id = request.Id,
            ReceivedAt = request.At ?? Now(),
            Headers = request.Headers,
            Request = request.Url is { } url ? new(request.Method, url) : null,
            Body = request.Body is { } body ? File.ReadAllBytes(body) : default,
        };
        KeyRing keys = key is null
            ? PublishedFor(request.Scheme)
            : new(key with { Algorithm = request.Algorithm });
        ValueList<EvidenceVerdict> verdicts = scheme is SendGridEvents events
            ? events.VerifyEach(input, keys)
            : [scheme.Verify(input, keys)];
        (key?.Material as ProofSecret)?.Erase();
        Print(verdicts, request.IsJson);
        return verdicts.All(static v => v.IsValid) ? ExitCodes.Done : ExitCodes.BadInput;
    }

    // Apple's keys are known to everybody.
    private static KeyRing PublishedFor(SchemeId scheme) =>
        scheme == SchemeId.SkAdNetwork ? new([.. AppleKeys.SkAdNetwork])
        : scheme == SchemeId.AdAttributionKit ? new([.. AppleKeys.AdAttributionKit])
        : scheme == SchemeId.AdAttributionKitDevelopment ? new([.. AppleKeys.AdAttributionKitDevelopment])
        : KeyRing.Empty;

#pragma warning disable RS0030 // Who does not say when it was received has received it now.
    private static Instant Now() => SystemClock.Instance.GetCurrentInstant();
#pragma warning restore RS0030

    // A list of several events has a verdict for each, under one signature.
    private void Print(ValueList<EvidenceVerdict> verdicts, bool isJson)
    {
        if (isJson)
        {
            TermNode node = verdicts.Count == 1
                ? TermNode.Of(verdicts[0])
                : TermNode.OfObject(["verdicts"], [TermNode.OfList([.. verdicts.Select(TermNode.Of)])]);
            console.Out.WriteLine(JsonText.Write(node, indented: true));
            return;
        }

        for (int i = 0; i < verdicts.Count; i++)
        {
            if (i > 0)
            {
                console.Out.WriteLine();
            }

            Print(verdicts[i]);
        }
    }

    private void Print(EvidenceVerdict verdict)
    {
        Print("verdict", EnumText.Of(verdict.Authenticity));
        Print("reason", verdict.Reason?.ToString());
        Print("strength", verdict.IsValid ? EnumText.Of(verdict.Strength) : null);
        Print("key", verdict.Key?.ToString());
        Print("covered", verdict.Covered.Count > 0 ? string.Join(", ", verdict.Covered) : null);
        Print("finding", verdict.IsValid ? EnumText.Of(verdict.Finding) : null);
        Print("state", verdict.State);
        Print("asserted at", verdict.AssertedAt?.ToString());
        Print("replay key", verdict.ReplayKey?.ToString());
        Print("content", verdict.IsValid ? verdict.Content.ToString() : null);
        foreach (EvidenceClaim claim in verdict.Claims)
        {
            Print("claim", $"{claim.Name}: {claim.Value}");
        }

        foreach (EvidenceClaim claim in verdict.Uncovered)
        {
            Print("not covered", $"{claim.Name}: {claim.Value}");
        }
    }

    private void Print(string name, string? value)
    {
        if (value is not null)
        {
            console.Out.WriteLine($"{name,-12}{ToolConsole.Printable(value)}");
        }
    }
}
