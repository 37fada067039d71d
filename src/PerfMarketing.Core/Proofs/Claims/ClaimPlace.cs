namespace PerfMarketing.Proofs.Claims;

/// <summary>In which part of evidence a claim is found.</summary>
public enum ClaimPlace
{
    /// <summary>Among the claims that the scheme reads by itself.</summary>
    Claim,

    /// <summary>A JSON body, by a pointer.</summary>
    Body,

    /// <summary>A form in the body, by a field's name.</summary>
    Form,

    /// <summary>The address of the request, by a query parameter's name.</summary>
    Query,

    /// <summary>A header, by its name.</summary>
    Header,
}
