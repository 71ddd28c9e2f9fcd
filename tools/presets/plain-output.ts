// Before each spec file. Nx asks for colours on behalf of whoever reads its log; what specs start is read by specs.
delete process.env.FORCE_COLOR
